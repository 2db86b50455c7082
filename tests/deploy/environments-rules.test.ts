import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { readEnvironments, requireFilledIn } from '../../tools/deploy/environments'
import { stagePhone } from '../../tools/deploy/phone'
import { readSecrets, requireSecrets, withoutSecrets } from '../../tools/deploy/secrets'
import { production } from './deploying'

let folder: string
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'linli-environments-'))
})
afterAll(() => fs.rmSync(folder, { recursive: true }))

const fileWith = (content: unknown): string => {
  const file = path.join(folder, 'environments.json')
  fs.writeFileSync(file, JSON.stringify(content))
  return file
}
const one = { kind: 'production', appid: 'wx0123456789abcdef', cloudEnvironment: 'linli-prod-0a1b' }

describe('environments.json', () => {
  it('of the repository names one of each kind, and no company', () => {
    expect(readEnvironments()).toEqual([
      { id: 'development', kind: 'development', appid: '', cloudEnvironment: '' },
      { id: 'demonstration', kind: 'demonstration', appid: '', cloudEnvironment: '' },
      { id: 'production', kind: 'production', appid: '', cloudEnvironment: '' },
    ])
  })

  it.each([
    [{ live: { ...one, kind: 'real' } }, 'live must be {kind, appid, cloudEnvironment}; kind is one of development, demonstration, production.'],
    [{ 'Live!': one }, '"Live!" must be lower-case letters, digits and dashes'],
    [{ live: one, review: { ...one, kind: 'demonstration' } }, 'live and review name the same cloud environment linli-prod-0a1b. Their people and homes would be mixed'],
  ])('is refused as %j', (content, sentence) => {
    expect(() => readEnvironments(fileWith(content))).toThrow(sentence)
  })

  it('must be filled in before anything is deployed', () => {
    expect(() => requireFilledIn({ ...production, appid: 'touristappid' })).toThrow('fill in the appid of production')
    expect(() => requireFilledIn({ ...production, cloudEnvironment: '' })).toThrow('fill in the cloudEnvironment of production')
    expect(() => requireFilledIn(production)).not.toThrow()
  })
})

describe('what is uploaded for phones', () => {
  it('says which environment it is for, and the working copy does not', () => {
    const staged = stagePhone(production, { folder: path.join(folder, 'phone') })
    const uploaded = fs.readFileSync(path.join(staged.folder, 'miniprogram/environment.ts'), 'utf8')
    expect(uploaded).toContain("export const environment = 'production'")
    expect(uploaded).toContain("export const cloudEnvironment = 'linli-prod-0a1b'")
    expect(JSON.parse(fs.readFileSync(path.join(staged.folder, 'project.config.json'), 'utf8'))).toMatchObject({ appid: 'wx0123456789abcdef', miniprogramRoot: 'miniprogram/', scripts: {} })
    expect(fs.readFileSync(path.resolve(__dirname, '../../miniprogram/environment.ts'), 'utf8')).toContain("export const environment = ''")
  })
})

describe('secrets', () => {
  it('come from the environment, or else from the file', () => {
    const file = path.join(folder, 'live.env')
    fs.writeFileSync(file, '# ours\nTENCENTCLOUD_SECRETID=from-file\nTENCENTCLOUD_SECRETKEY = "quoted"\nOTHER=1\n')
    expect(readSecrets(file, { TENCENTCLOUD_SECRETID: 'from-environment' })).toEqual({ TENCENTCLOUD_SECRETID: 'from-environment', TENCENTCLOUD_SECRETKEY: 'quoted' })
  })

  it.each([
    [{}, 'TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY are missing'],
    [{ TENCENTCLOUD_SECRETID: 'a', TENCENTCLOUD_SECRETKEY: 'b' }, 'WECHAT_UPLOAD_KEY_FILE is missing'],
    [{ TENCENTCLOUD_SECRETID: 'a', TENCENTCLOUD_SECRETKEY: 'b', WECHAT_UPLOAD_KEY_FILE: '/nowhere/private.key' }, 'names /nowhere/private.key, and there is no such file'],
  ])('%j are refused', (secrets, sentence) => {
    expect(() => requireSecrets(secrets, '.secrets/live.env', 'live')).toThrow(sentence)
  })

  it('are printed by nobody, whatever a tool answers', () => {
    expect(withoutSecrets({ TENCENTCLOUD_SECRETKEY: 'hush-hush' })('SignatureFailure for hush-hush at …')).toBe('SignatureFailure for *** at …')
  })
})
