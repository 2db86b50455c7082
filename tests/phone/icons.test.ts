import { packMiniprogramNpm } from '../../tools/miniprogram-npm'
import { waitForEvent } from './support/events'
import { openScratch, type Scratch } from './support/scratch'
import { startSmallCloud, type SmallCloud } from './support/small-cloud'

let scratch: Scratch
let cloud: SmallCloud

beforeAll(async () => {
  scratch = openScratch()
  cloud = await startSmallCloud({
    miniprogramRoot: scratch.root,
    outFolder: scratch.out,
    watch: true,
    beforeBuild: async () => void (await packMiniprogramNpm({ miniprogramRoot: scratch.root })),
  })
  await cloud.phone.ready
})
afterAll(async () => {
  await cloud.close()
  scratch.remove()
})

const isDrawn = async (icon: string): Promise<boolean> => (await (await fetch(`${cloud.url}/phone/app.js`)).text()).includes(`t-icon-${icon}:before{--t-icon:`)
const nameIcon = (icon: string): void => scratch.write('pages/inbox/inbox.wxml', `<t-icon name="${icon}" />`)

describe('an edit that names an icon', () => {
  it('draws it at once, without a restart', async () => {
    scratch.write('pages/inbox/inbox.json', '{ "usingComponents": { "t-icon": "tdesign-miniprogram/icon/icon" } }')
    nameIcon('home')
    const { version } = await waitForEvent(cloud.url, async () => isDrawn('home'))
    expect(await isDrawn('rocket')).toBe(false)
    nameIcon('rocket')
    await waitForEvent(cloud.url, async (event) => event.version !== version && isDrawn('rocket'))
  })

  it('that does not exist is refused by file and name, until it is mended', async () => {
    nameIcon('hoome')
    const { mistake } = await waitForEvent(cloud.url, (event) => event.mistake !== undefined)
    expect(mistake).toBe('pages/inbox/inbox.wxml: there is no icon "hoome" in TDesign')
    nameIcon('home')
    await waitForEvent(cloud.url, (event) => event.kind === 'state' && event.mistake === undefined)
    expect(await isDrawn('home')).toBe(true)
  })
})

it('a source that does not compile at the start is shown as such, and the page once it is mended', async () => {
  const broken = openScratch()
  broken.write('pages/inbox/inbox.ts', 'Page({')
  const late = await startSmallCloud({ miniprogramRoot: broken.root, outFolder: broken.out, watch: true })
  await expect(late.phone.ready).rejects.toThrow(/pages\/inbox\/inbox\.ts:1 {2}/)
  expect((await fetch(`${late.url}/app.html`)).status).toBe(200)
  expect((await fetch(`${late.url}/phone/main.js`)).status).toBe(200)
  expect((await waitForEvent(late.url, ({ mistake }) => mistake !== undefined)).mistake).toMatch(/pages\/inbox\/inbox\.ts:1 {2}/)
  broken.write('pages/inbox/inbox.ts', 'Page({})')
  await waitForEvent(late.url, ({ kind, mistake }) => kind === 'state' && mistake === undefined)
  await late.close()
  broken.remove()
})
