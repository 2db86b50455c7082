import { spawnSync } from 'node:child_process'
import { filesUnder, readJson } from '../support/tree'
import { inRoot } from '../../tools/root'

const run = (...args: string[]) => {
  const { TENCENTCLOUD_SECRETID: _id, TENCENTCLOUD_SECRETKEY: _key, WECHAT_UPLOAD_KEY_FILE: _file, ...env } = process.env
  const { status, stdout, stderr } = spawnSync(process.execPath, [inRoot('tools/bootstrap.mjs'), 'deploy', ...args], { encoding: 'utf8', env })
  return { status, stdout, stderr }
}

const folderNames = (pattern: RegExp) => filesUnder('database-rules', pattern).map((file) => file.replace(/^.*\/|\.indexes\.json$/g, ''))

describe('npm run deploy -- --dry-run', () => {
  it('needs no secrets and prints the plan of what the repository declares', () => {
    const { status, stdout } = run('--env', 'demonstration', '--dry-run')
    expect(status).toBe(0)
    const collections = folderNames(/\.indexes\.json$/)
    const indexes = collections.flatMap((name) => readJson<{ name: string }[]>(`database-rules/${name}.indexes.json`).map((index) => `${name}.${index.name}`))
    const functions = filesUnder('cloudfunctions', /\/index\.ts$/).map((file) => file.split('/')[1]!)
    const planned = (pattern: RegExp) => [...stdout.matchAll(pattern)].map((match) => match[1]).sort()
    expect(planned(/^ +\d+\. create collection (\S+)$/gm)).toEqual([...collections].sort())
    expect(planned(/^ +\d+\. close collection (\S+) to phones$/gm)).toEqual([...collections].sort())
    expect(planned(/^ +\d+\. create index (\S+) /gm)).toEqual([...indexes].sort())
    expect(planned(/^ +\d+\. create function (\S+):/gm)).toEqual([...functions].sort())
    expect(stdout).toContain('write the demonstration house')
    expect(stdout).toMatch(/pack and upload the mini-program \d+\.\d+\.\d+ as a development version/)
    expect(stdout.trim().split('\n').at(-1)).toBe('Dry run: nothing was changed.')
  }, 60_000)

  it.each([
    [[], 'Say which environment: npm run deploy -- --env <id>. environments.json has development, demonstration, production.'],
    [['--env', 'live', '--dry-run'], 'environments.json has no "live".'],
    [['--env', 'production', '--only', 'everything'], '--only everything is not known. Known: database, functions, phone.'],
    [['--env', 'production', '--force'], "Unknown option '--force'"],
    [['--env', 'production'], 'environments.json: fill in the appid of production'],
  ])('%j is refused with a sentence', (args, sentence) => {
    const { status, stderr } = run(...args)
    expect(status).toBe(1)
    expect(stderr).toContain(`Stopped. ${sentence}`)
  }, 30_000)
})
