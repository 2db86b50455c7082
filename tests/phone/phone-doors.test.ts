import fs from 'node:fs'
import { waitForEvent, type Told } from './support/events'
import { openScratch, type Scratch } from './support/scratch'
import { startSmallCloud, type SmallCloud } from './support/small-cloud'

let scratch: Scratch
let cloud: SmallCloud

beforeAll(async () => {
  scratch = openScratch()
  cloud = await startSmallCloud({ miniprogramRoot: scratch.root, outFolder: scratch.out, watch: true })
  await cloud.phone.ready
})
afterAll(async () => {
  await cloud.close()
  scratch.remove()
})

const get = async (path: string): Promise<{ status: number; type: string; text: string; policy: string }> => {
  const response = await fetch(cloud.url + path)
  return {
    status: response.status,
    type: response.headers.get('content-type') ?? '',
    text: await response.text(),
    policy: response.headers.get('content-security-policy') ?? '',
  }
}

describe('the phone’s doors', () => {
  it('hand out the bare phone and the desk around it, both forbidden to call other machines', async () => {
    for (const path of ['/', '/app.html?openid=oChen']) {
      const { status, type, policy, text } = await get(path)
      expect([status, type]).toEqual([200, 'text/html; charset=utf-8'])
      expect(policy).toMatch(/^default-src 'self' data: blob:; script-src 'self';/)
      expect(text).not.toMatch(/https?:\/\//)
    }
  })

  it('hand out the mini-program’s own pictures, and nothing outside of it', async () => {
    expect(await get('/phone/files/assets/door.svg')).toMatchObject({ status: 200, type: 'image/svg+xml' })
    expect(await get('/phone/files/..%2f..%2fpackage.json')).toMatchObject({ status: 404 })
    expect(await get('/phone/files/assets/none.svg')).toMatchObject({ status: 404 })
  })

  it('hand out Chinese glyphs by ranges, under the names style sheets use', async () => {
    const { text } = await get('/phone/fonts.css')
    for (const family of ['Noto Sans SC Variable', 'PingFang SC', 'Microsoft YaHei']) expect(text).toContain(`font-family: '${family}'`)
    const file = /\/phone\/fonts\/[\w-]+\.woff2/.exec(text)?.[0] ?? ''
    expect(await get(file)).toMatchObject({ status: 200, type: 'font/woff2' })
  })

  it('leave everything else to the cloud', async () => {
    expect(JSON.parse((await get('/control/people')).text)).toMatchObject({ people: [{ openid: 'oWang' }, { openid: 'oChen' }] })
  })

  it('send a bundle in which no sheet loads anything from elsewhere', async () => {
    expect(/url\(\s*['"\\]*https?:/.exec((await get('/phone/app.js')).text)?.[0]).toBeUndefined()
  })
})

const waitFor = (isWanted: (event: Told) => boolean): Promise<Told> => waitForEvent(cloud.url, isWanted)

describe('an edit', () => {
  it('reaches the open pages within two seconds', async () => {
    const { version } = await waitFor(({ kind }) => kind === 'state')
    const started = performance.now()
    scratch.edit('pages/inbox/inbox.wxml', (text) => text.replace('还没有消息', '没有新消息'))
    await waitFor((event) => event.kind === 'state' && event.version !== version)
    expect(performance.now() - started).toBeLessThan(2_000)
    expect((await get('/phone/app.js')).text.includes('没有新消息')).toBe(true)
  })

  it('with a mistake is shown over the old page until it is mended', async () => {
    const good = fs.readFileSync(`${scratch.root}/pages/inbox/inbox.ts`, 'utf8')
    scratch.write('pages/inbox/inbox.ts', 'Page({')
    const told = await waitFor(({ mistake }) => mistake !== undefined)
    expect(told.mistake).toMatch(/pages\/inbox\/inbox\.ts:1 {2}/)
    expect((await get('/phone/app.js')).text.includes('没有新消息')).toBe(true)
    scratch.write('pages/inbox/inbox.ts', good)
    expect(await waitFor(({ kind, mistake }) => kind === 'state' && mistake === undefined)).toMatchObject({ version: told.version })
  })
})

describe('the cloud’s clock', () => {
  it('is told to the open pages when it jumps', async () => {
    cloud.setNow(Date.parse('2027-01-01T00:00:00+08:00'))
    const { now } = await waitFor((event) => event.kind === 'clock' && (event.now ?? 0) > Date.parse('2026-12-31T00:00:00+08:00'))
    expect(new Date(now ?? 0).toISOString().slice(0, 13)).toBe('2026-12-31T16')
    cloud.setNow(undefined)
  })
})
