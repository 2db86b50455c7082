import type { Material, Shot } from './material'

const table = (head: string[], rows: string[][]): string =>
  [head, head.map(() => '---'), ...rows].map((row) => `| ${row.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`).join('\n')

const who: Record<string, string> = {
  wang: '业主', li: '租户', zhao: '业主', chen: '维修师傅', he: '管理员', zhou: '客服', qian: '财务', sun: '保安', stranger: '首次打开的人',
}

export const pictureOf = ({ who: person, route }: Shot): string =>
  `${person}-${route.split('?')[0]!.split('/').at(-1)}${route.includes('?') ? `-${route.split('?')[1]!.replace(/\W+/g, '-')}` : ''}.png`

const fieldsOf = (fields: Record<string, string>): string => Object.entries(fields).map(([keyword, value]) => `${keyword} ← ${value}`).join('，')

/** One page for whoever fills in WeChat's forms. */
export const writePage = ({ version, review, pages, declared, shots }: Material, pictures: string[]): string => {
  const titleOf = (route: string) => pages.find(({ page }) => page === route.split('?')[0])?.title ?? route
  return [
    `# 邻里 ${version} 送审材料`,
    '由 `npm run review-pack` 从代码生成；与代码不一致时命令会失败。',
    '## 服务类目', table(['类目', '为什么', '需要的证件'], review.category.map(({ path, why, papers }) => [path, why, papers.join('；')])),
    '## 测试账号', review.testAccount,
    '## 用户隐私保护指引', '在 设置 → 服务内容声明 → 用户隐私保护指引 里逐项声明：',
    table(['接口', '收集的信息', '用途（照抄）'], declared.map(({ api, information, reason }) => [`\`${api}\``, information.join('、'), reason])),
    '## 云函数用到的开放接口', table(['接口', '用途'], review.openInterfaces.map(({ api, why }) => [`\`${api}\``, why])),
    '## 订阅消息模板', '在 功能 → 订阅消息 → 公共模板库 里选用，并把模板编号填进配置。关键词编号以您账号里的为准：',
    table(['通知', '模板标题', '发给谁', '关键词 ← 内容'], Object.entries(review.templates).map(([kind, { title, to, fields }]) => [`\`${kind}\``, title, to, fieldsOf(fields)])),
    '## 页面', table(['标题', '路径'], pages.map(({ page, title }) => [title, `\`${page}\``])),
    ...(pictures.length > 0
      ? ['## 截图', ...shots.filter((shot) => pictures.includes(pictureOf(shot))).map((shot) => `### ${titleOf(shot.route)} · ${who[shot.who] ?? shot.who}\n\n![${titleOf(shot.route)}](${pictureOf(shot)})`)]
      : []),
  ].join('\n\n') + '\n'
}
