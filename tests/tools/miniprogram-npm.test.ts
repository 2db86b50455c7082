import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { packMiniprogramNpm } from '../../tools/miniprogram-npm'

let miniprogramRoot: string
const write = (file: string, content: string) => {
  fs.mkdirSync(path.dirname(path.join(miniprogramRoot, file)), { recursive: true })
  fs.writeFileSync(path.join(miniprogramRoot, file), content)
}
const pack = () => packMiniprogramNpm({ miniprogramRoot })
const laidOut = (file: string) => fs.readFileSync(path.join(miniprogramRoot, 'miniprogram_npm', file), 'utf8')
const drawn = () => [...laidOut('tdesign-miniprogram/icon/icon.wxss').matchAll(/\.t-icon-([a-z0-9-]+):before\{--t-icon/g)].map((match) => match[1])

beforeAll(() => {
  miniprogramRoot = fs.mkdtempSync(path.join(os.tmpdir(), 'linli-npm-'))
})
beforeEach(() => {
  write('app.json', '{}')
  write('a.json', '{"usingComponents":{"t-icon":"tdesign-miniprogram/icon/icon"}}')
  write('a.wxml', '<t-icon name="home" />')
  write('a.ts', '')
})
afterAll(() => fs.rmSync(miniprogramRoot, { recursive: true }))

describe('the packages of the phone', () => {
  it('lie where WeChat looks for them', async () => {
    const packed = await pack()
    expect(packed.packages).toEqual(['tdesign-miniprogram@1.16.0'])
    expect(laidOut('tdesign-miniprogram/button/button.json')).toContain('component')
    expect((await pack()).changed).toBe(false)
  })

  it('need no network for an icon: the font is gone, and what the sources name is drawn in the text’s colour', async () => {
    await pack()
    const sheet = laidOut('tdesign-miniprogram/icon/icon.wxss')
    expect(drawn()).toEqual(['home'])
    expect(sheet).not.toMatch(/font-face|https?:\/\/(?!www\.w3\.org)/)
    expect(sheet).toContain('background-color:currentColor')
    expect(sheet).toContain(".t-icon-base{font-style:normal")
    expect(sheet).toContain("viewBox='0 0 24 24'")
    expect(sheet).not.toContain('transparent')
  })

  it.each([
    ['chosen in markup', { 'a.wxml': `<t-icon name="{{isOpen ? 'chevron-up' : 'chevron-down'}}" />` }, ['chevron-down', 'chevron-up']],
    ['named in a view', { 'a.wxml': '<t-icon name="{{icon}}" />', 'a.ts': "export const icon = { repair: 'tools' }" }, ['tools']],
    ['of a TDesign component, put together from parts', { 'a.wxml': '', 'a.json': '{"usingComponents":{"t-checkbox":"tdesign-miniprogram/checkbox/checkbox"}}' }, ['check-circle-filled', 'check-rectangle-filled', 'minus-circle-filled']],
    ['of a component that another component uses', { 'a.wxml': '', 'a.json': '{"usingComponents":{"t-search":"tdesign-miniprogram/search/search"}}' }, ['close-circle-filled']],
  ])('draw an icon %s', async (_, files, icons) => {
    for (const [file, content] of Object.entries(files)) write(file, content)
    await pack()
    expect(drawn()).toEqual(expect.arrayContaining(icons))
  })

  it.each([
    ['a misspelt icon', { 'a.wxml': '<t-icon name="hoome" />' }, 'a.wxml: there is no icon "hoome" in TDesign'],
    ['an icon of the font that has no drawing', { 'a.wxml': '<t-button prefix-icon="robot" />' }, 'a.wxml: there is no icon "robot" among the drawings'],
    ['an icon named in a view', { 'a.ts': "export const entry = { chosenIcon: 'home-fild' }" }, 'a.ts: there is no icon "home-fild" in TDesign'],
  ])('are refused with %s', async (_, files, complaint) => {
    for (const [file, content] of Object.entries(files)) write(file, content)
    await expect(pack()).rejects.toThrow(complaint)
  })

  it('leave WeChat’s own toast icons alone', async () => {
    write('a.ts', "wx.showToast({ title: '', icon: 'none' })")
    await expect(pack()).resolves.toBeDefined()
  })
})
