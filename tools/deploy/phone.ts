import fs from 'node:fs'
import path from 'node:path'
import { inRoot } from '../root'
import { digestOf, filesIn } from './declared'
import type { Environment } from './environments'
import { emptyPlan, type Plan } from './plan'
import type { WeChat } from './tools'

export type StagedPhone = { folder: string; digest: string; files: number; bytes: number }

const environmentFile = 'environment.ts'

const environmentSource = ({ id, cloudEnvironment }: Environment): string =>
  `// Written by the deployment from environments.json.\nexport const environment = '${id}'\nexport const cloudEnvironment = '${cloudEnvironment}'\n`

const sizeOf = (files: { content: Buffer }[]): number => files.reduce((sum, { content }) => sum + content.length, 0)

/**
 * Lays out what is uploaded: the mini-program as it stands, told which environment it is for, and nothing else (of the cloud it takes only types). The
 * working copy stays as it is, so that no commit ever carries an environment.
 */
export const stagePhone = (environment: Environment, { source = inRoot(), folder = inRoot('dist/phone-upload', environment.id) } = {}): StagedPhone => {
  fs.rmSync(folder, { recursive: true, force: true })
  fs.cpSync(path.join(source, 'miniprogram'), path.join(folder, 'miniprogram'), { recursive: true, dereference: true })
  fs.writeFileSync(path.join(folder, 'miniprogram', environmentFile), environmentSource(environment))
  const project = JSON.parse(fs.readFileSync(path.join(source, 'project.config.json'), 'utf8')) as Record<string, unknown>
  fs.writeFileSync(path.join(folder, 'project.config.json'), JSON.stringify({ ...project, appid: environment.appid, scripts: {} }, null, 2))
  fs.copyFileSync(path.join(source, 'package.json'), path.join(folder, 'package.json'))
  const files = filesIn(path.join(folder, 'miniprogram'))
  return { folder, files: files.length, bytes: sizeOf(files), digest: digestOf([...files, ...filesIn(folder).filter(({ name }) => name === 'project.config.json')]) }
}

/** WeChat tells nobody what was uploaded: the machine that did it remembers. Another machine uploads once more, which harms nothing. */
export type Memory = { read: () => string | null; write: (uploaded: string) => void }

export const memoryIn = (file: string): Memory => ({
  read: () => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : null),
  write: (uploaded) => {
    fs.mkdirSync(path.dirname(file), { recursive: true })
    fs.writeFileSync(file, uploaded)
  },
})

type Place = { environment: Environment; version: string; staged: StagedPhone; memory: Memory; weChat: () => Promise<WeChat> }

const kindInChinese = { development: '开发', demonstration: '演示', production: '正式' } as const

export const planPhone = ({ environment, version, staged, memory, weChat }: Place): Plan => {
  const plan = emptyPlan()
  const uploaded = `${version} ${staged.digest}`
  if (memory.read() === uploaded) return plan
  plan.steps.push({
    part: 'phone', says: `pack and upload the mini-program ${version} as a development version: ${staged.files} files, ${Math.round(staged.bytes / 1024)} KB, for ${environment.id}`,
    take: async () => {
      const desc = `${kindInChinese[environment.kind]} ${environment.id} ${version}`
      await (await weChat()).upload({ version, desc, robot: 1, setting: { useProjectConfig: true }, onProgressUpdate: () => undefined })
      memory.write(uploaded)
    },
  })
  plan.later.push(
    `In mp.weixin.qq.com → 管理 → 版本管理 → 开发版本 find ${version} (ci机器人1): 选为体验版 and try it with a phone${environment.kind === 'production' ? '; then 提交审核 and, once passed, 全量发布' : ''}.`,
  )
  return plan
}
