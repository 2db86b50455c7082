import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { buildFunctions } from '../../cloudfunctions/build'
import { inRoot } from '../../tools/root'

const { version: release } = JSON.parse(fs.readFileSync(inRoot('package.json'), 'utf8')) as { version: string }

let place: string
const sourceFolder = () => path.join(place, 'cloudfunctions')
const outFolder = () => path.join(place, 'dist')
const write = (file: string, content: string) => {
  fs.mkdirSync(path.dirname(path.join(sourceFolder(), file)), { recursive: true })
  fs.writeFileSync(path.join(sourceFolder(), file), content)
}
const build = () => buildFunctions({ sourceFolder: sourceFolder(), outFolder: outFolder() })
const built = (file: string) => fs.readFileSync(path.join(outFolder(), file), 'utf8')

beforeEach(() => {
  // Inside the project, where the SDK is found.
  fs.mkdirSync(inRoot('node_modules/.cache/linli'), { recursive: true })
  place = fs.mkdtempSync(inRoot('node_modules/.cache/linli/build-test-'))
  write('_shared/word.ts', "export const word = 'shared'")
  write('plain/index.ts', "import { word } from '../_shared/word'\nexport const main = async () => word")
})

afterEach(() => fs.rmSync(place, { recursive: true }))

describe('the build of the functions', () => {
  it('makes a folder for each function that can be uploaded as it is, and none for what they share', async () => {
    expect(await build()).toEqual([{ name: 'plain', bytes: expect.any(Number), changed: true }])
    expect(fs.readdirSync(outFolder())).toEqual(['plain'])
    expect(fs.readdirSync(path.join(outFolder(), 'plain')).sort()).toEqual(['config.json', 'index.js', 'package.json'])
    expect(JSON.parse(built('plain/package.json'))).toEqual({ name: 'plain', version: release, main: 'index.js' })
    expect(JSON.parse(built('plain/config.json'))).toEqual({ permissions: { openapi: [] } })
    expect(await (jest.requireActual(path.join(outFolder(), 'plain/index.js')) as { main: () => Promise<string> }).main()).toBe('shared')
  })

  it('keeps what a function asks of WeChat', async () => {
    write('plain/config.json', '{"permissions":{"openapi":["subscribeMessage.send"]},"triggers":[{"name":"minute","type":"timer","config":"0 * * * * * *"}]}')
    await build()
    expect(JSON.parse(built('plain/config.json'))).toEqual({
      permissions: { openapi: ['subscribeMessage.send'] },
      triggers: [{ name: 'minute', type: 'timer', config: '0 * * * * * *' }],
    })
  })

  it('lays the whole SDK beside a function that uses it, so that nothing is installed in the cloud', async () => {
    write('told/index.ts', "import * as cloud from 'wx-server-sdk'\nexport const main = async () => Object.keys(cloud)")
    await build()
    const keys = await (jest.requireActual(path.join(outFolder(), 'told/index.js')) as { main: () => Promise<string[]> }).main()
    expect(keys).toEqual(expect.arrayContaining(['init', 'database', 'openapi', 'cloudPay', 'getWXContext']))
    expect(fs.existsSync(path.join(outFolder(), 'plain/wx-server-sdk.js'))).toBe(false)
  })

  it('touches nothing that did not change, so that nothing restarts', async () => {
    await build()
    const before = fs.statSync(path.join(outFolder(), 'plain/index.js')).mtimeMs
    expect((await build()).map((one) => one.changed)).toEqual([false])
    expect(fs.statSync(path.join(outFolder(), 'plain/index.js')).mtimeMs).toBe(before)
    write('_shared/word.ts', "export const word = 'changed'")
    expect((await build()).map((one) => one.changed)).toEqual([true])
    expect(built('plain/index.js')).toContain('changed')
  })

  it('forgets a function that is gone', async () => {
    write('gone/index.ts', 'export const main = async () => 1')
    await build()
    fs.rmSync(path.join(sourceFolder(), 'gone'), { recursive: true })
    await build()
    expect(fs.readdirSync(outFolder())).toEqual(['plain'])
  })

  it('fails on a source that does not compile, by file and line', async () => {
    write('plain/index.ts', '\nexport const main = (')
    await expect(build()).rejects.toThrow(/plain\/index\.ts:2/)
  })

  it('is the same on every machine: no path of the one it was made on', async () => {
    await build()
    expect(built('plain/index.js')).not.toContain(os.homedir())
    expect(built('plain/index.js')).not.toContain(`${inRoot()}${path.sep}`)
  })
})
