import { openBuilder } from '../../simulator/phone/compile/build'
import { openScratch, type Scratch } from './support/scratch'

let scratch: Scratch
// Packages are compiled once for all tests.
const packages = openScratch()
afterAll(() => packages.remove())

beforeEach(() => {
  scratch = openScratch()
})
afterEach(() => scratch.remove())

const messageOf = async (): Promise<string> => {
  const builder = openBuilder(scratch.root, packages.out)
  try {
    await builder.build()
    return 'compiled'
  } catch (error) {
    return (error as Error).message.replace(/^.*miniprogram\//, '')
  } finally {
    await builder.close()
  }
}

describe('a mistake in the source', () => {
  it('does not exist in the untouched fixture', async () => {
    expect(await messageOf()).toBe('compiled')
  })

  it('in a template names file and line', async () => {
    scratch.write('pages/inbox/inbox.wxml', '<view>\n  <text>消息</text>\n</view>\n<view')
    expect(await messageOf()).toBe('pages/inbox/inbox.wxml:4  incomplete tag')
  })

  it('in a script names file and line', async () => {
    scratch.write('pages/inbox/inbox.ts', 'Page({\n  data: {\n})')
    expect(await messageOf()).toMatch(/^pages\/inbox\/inbox\.ts:3 {2}Expected/)
  })

  it('in a style sheet names file and line', async () => {
    scratch.write('pages/inbox/inbox.wxss', '.a { color: red }\n.b { color: red')
    expect(await messageOf()).toBe('pages/inbox/inbox.wxss:2  Unclosed block')
  })

  it('in a page’s JSON names file and line', async () => {
    scratch.write('pages/inbox/inbox.json', '{\n  "usingComponents": {\n    "a": "b",\n  }\n}')
    expect(await messageOf()).toMatch(/^pages\/inbox\/inbox\.json:4 /)
  })

  it('is a tag nobody declared', async () => {
    scratch.write('pages/inbox/inbox.wxml', '<view>\n  <t-buton>好</t-buton>\n</view>')
    expect(await messageOf()).toBe('pages/inbox/inbox.wxml:2  <t-buton> is neither built in nor in usingComponents')
  })

  it('is a built-in component this phone lacks, by its name', async () => {
    scratch.write('pages/inbox/inbox.wxml', '<map />')
    expect(await messageOf()).toBe('pages/inbox/inbox.wxml:1  <map> is not in this phone')
  })

  it('is a tab bar WeChat would draw itself', async () => {
    scratch.edit('app.json', (text) => text.replace('"custom": true,', ''))
    expect(await messageOf()).toBe('app.json  a tabBar that is not custom is not in this phone')
  })

  it('is a component that is not there', async () => {
    scratch.write('pages/inbox/inbox.json', '{ "usingComponents": { "note-card": "/components/note-card/note-card" } }')
    expect(await messageOf()).toBe('pages/inbox/inbox.json  component "/components/note-card/note-card" is not there')
  })

  it('is a page of app.json that is not there', async () => {
    scratch.edit('app.json', (text) => text.replace('"pages/inbox/inbox"]', '"pages/inbox/inbox", "pages/me/me"]'))
    expect(await messageOf()).toBe('pages/me/me.wxml  is missing')
  })

  it('is a value taken from outside the mini-program', async () => {
    scratch.write('../cloudfunctions/limits.ts', 'export const photos = 9')
    scratch.edit('pages/inbox/inbox.ts', (text) => `import { photos } from '../../../cloudfunctions/limits'\n${text}\nvoid photos`)
    expect(await messageOf()).toBe(
      'pages/inbox/inbox.ts:1  "../../../cloudfunctions/limits" lies outside the mini-program: only types may come from there',
    )
  })

  it('is not a type taken from there', async () => {
    scratch.write('../cloudfunctions/limits.ts', 'export type Limits = { photos: number }')
    scratch.edit(
      'pages/inbox/inbox.ts',
      (text) => `import type { Limits } from '../../../cloudfunctions/limits'\n${text}\nexport type Known = Limits`,
    )
    expect(await messageOf()).toBe('compiled')
  })
})

describe('a build', () => {
  it('is not repeated when nothing changed, and is when a source did', async () => {
    const first = openBuilder(scratch.root, scratch.out)
    const before = await first.build()
    await first.close()
    const second = openBuilder(scratch.root, scratch.out)
    const unchanged = await second.build()
    scratch.edit('pages/inbox/inbox.wxml', (text) => text.replace('还没有消息', '没有新消息'))
    const changed = await second.build()
    await second.close()
    expect([before.isFresh, unchanged.isFresh, changed.isFresh]).toEqual([true, false, true])
    expect(unchanged.key).toBe(before.key)
    expect(changed.key).not.toBe(before.key)
  })
})
