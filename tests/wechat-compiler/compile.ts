// One compilation by WeChat's compiler in a process of its own: it leaves file watchers open and keeps what it compiled before.
//   compile.ts <project folder> <report file>
import dns from 'node:dns'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { inRoot } from '../../tools/root'
import type { Compiled, QualityItem } from './judge'

type Ci = {
  Project: new (options: object) => { attr?: () => Promise<object> }
  getCompiledResult(options: object, zip: string): Promise<Record<string, string | Buffer>>
  checkCodeQuality(project: object): Promise<QualityItem[]>
}

// It asks WeChat's servers for a list of file suffixes and does without when they cannot be reached: the same everywhere, at once.
dns.lookup = ((host: string, ...rest: unknown[]) => {
  const answer = rest.at(-1) as (error: Error) => void
  process.nextTick(answer, Object.assign(new Error(`${host} is not asked`), { code: 'ENOTFOUND' }))
}) as unknown as typeof dns.lookup
process.on('unhandledRejection', () => undefined)

const attributes = {
  platform: false,
  appType: 0,
  isSandbox: false,
  released: false,
  setting: { MaxCodeSize: 2, MaxSubpackageSubCodeSize: 2, MaxSubpackageFullCodeSize: 30, NavigateMiniprogramLimit: 10, MaxSubPackageLimit: 100, MinTabbarCount: 2, MaxTabbarCount: 5, MaxTabbarIconSize: 40 },
}

const compile = async (projectPath: string): Promise<Compiled> => {
  const ci = createRequire(inRoot('tools/wechat-ci/package.json'))('miniprogram-ci') as Ci
  const project = new ci.Project({ appid: 'wx0000000000000000', type: 'miniProgram', projectPath, privateKey: 'none', ignores: ['node_modules/**/*'] })
  // What an account may do; its key and WeChat's servers would be needed to ask.
  project.attr = async () => attributes
  const zip = path.join(os.tmpdir(), `linli-compiled-${process.pid}.zip`)
  try {
    const files = await ci.getCompiledResult({ project, version: '1.0.0', desc: 'gate', setting: { useProjectConfig: true }, onProgressUpdate: () => undefined }, zip)
    return { files: Object.fromEntries(Object.entries(files).map(([name, content]) => [name, content.toString()])), quality: await ci.checkCodeQuality(project) }
  } catch (error) {
    const { message, path: file = '', code = '' } = error as Error & { path?: string; code?: string | number }
    return { refusal: `${file} ${message} (${code})`.trim() }
  } finally {
    fs.rmSync(zip, { force: true })
  }
}

const [projectPath, report] = process.argv.slice(2)
// It leaves an empty folder wherever it runs, and forks children that need no TypeScript.
process.chdir(path.dirname(report!))
process.execArgv = []
void compile(projectPath!).then((compiled) => {
  fs.writeFileSync(report!, JSON.stringify(compiled))
  process.exit(0)
})
