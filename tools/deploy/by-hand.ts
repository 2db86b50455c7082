import type { Environment } from './environments'

/** What neither tool can do. In the words of WeChat's and Tencent's consoles, in the order in which one thing needs another. */
export const byHand = ({ kind, cloudEnvironment }: Environment): string[] => [
  `云开发控制台 → 环境 ${cloudEnvironment || '（在 environments.json 里）'} → 设置 → 其他设置 → 消息推送: mode 云函数, type event / wxa_media_check → function content-callback.`,
  '云开发控制台 → 云函数 → 云端测试: call tick once; its log line must say "code":"FORBIDDEN" — a person is not a timer. A minute later the timer\'s own line says "OK".',
  'mp.weixin.qq.com → 设置 → 服务内容声明 → 用户隐私保护指引: declare what `npm run review-pack` lists.',
  'mp.weixin.qq.com → 设置 → 基本设置 → 服务类目: 生活服务 › 物业管理 (or what the review pack says), with the company\'s licence.',
  'mp.weixin.qq.com → 功能 → 订阅消息: choose the templates the review pack lists, and write their ids into the configuration (我的 → 运行与设置 → 上线清单).',
  ...(kind === 'production'
    ? ['mp.weixin.qq.com → 设置 → 基本设置 → 小程序备案, before the first release.', '云开发控制台 → 设置 → 环境 → 超限按量: switch it on, or everything stops when a quota is used up.']
    : []),
  ...(kind === 'demonstration' ? ['In 提交审核 → 测试账号 write: 无需账号，微信打开即进入演示小区 1号楼1单元101 (the review pack has the text).'] : []),
]
