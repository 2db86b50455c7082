import { readdirSync, readFileSync } from 'node:fs'
import { inRoot } from '../../tools/root'
import { sizes, type Size } from '../support/phone-in-browser'
import { billedRepair } from './billed-repair'
import { findIllegible, type Mode, wearElder } from './legible'
import { openVillageInBrowser, type VillageInBrowser } from './village-in-browser'

const operationsPages = 'features/operations/pages'
const repairPages = 'features/repairs/pages'
const memberPages = 'features/members/pages'
const housePages = 'features/houses/pages'
const incidentPages = 'features/incidents/pages'
const billPages = 'features/billing/pages'
/** Of work that is finished when the walk begins: which order that is, only then is known. */
const aBill = 'the-bill'
const pages: { who: string; route: string; onPc?: true }[] = [
  { who: 'wang', route: 'pages/home/home' },
  { who: 'wang', route: 'pages/inbox/inbox' },
  { who: 'wang', route: 'pages/me/me' },
  { who: 'wang', route: `${repairPages}/repair-list/repair-list` },
  { who: 'wang', route: `${repairPages}/repair-create/repair-create` },
  { who: 'wang', route: `${repairPages}/repair-detail/repair-detail?repairId=r-village-wall` },
  { who: 'wang', route: `${repairPages}/repair-talk/repair-talk?repairId=r-village-lamp` },
  { who: 'wang', route: `${repairPages}/price-list/price-list` },
  { who: 'wang', route: `${incidentPages}/incident-list/incident-list` },
  { who: 'wang', route: `${billPages}/bill-list/bill-list` },
  { who: 'wang', route: `${billPages}/bill-detail/bill-detail?billId=${aBill}` },
  { who: 'qian', route: 'pages/desk/desk', onPc: true },
  { who: 'qian', route: `${billPages}/payment-desk/payment-desk`, onPc: true },
  { who: 'qian', route: `${billPages}/payment-desk/payment-desk?list=payments`, onPc: true },
  { who: 'qian', route: `${billPages}/payment-desk/payment-desk?list=refunds`, onPc: true },
  { who: 'qian', route: `${billPages}/bill-detail/bill-detail?billId=${aBill}`, onPc: true },
  { who: 'he', route: 'pages/desk/desk', onPc: true },
  { who: 'he', route: `${repairPages}/repair-desk/repair-desk?list=working&repairId=r-village-lamp`, onPc: true },
  { who: 'he', route: `${repairPages}/repair-for-caller/repair-for-caller`, onPc: true },
  { who: 'he', route: `${repairPages}/revisit-list/revisit-list`, onPc: true },
  { who: 'he', route: `${repairPages}/content-review/content-review`, onPc: true },
  { who: 'he', route: `${repairPages}/duty-roster/duty-roster`, onPc: true },
  { who: 'he', route: `${incidentPages}/incident-board/incident-board`, onPc: true },
  { who: 'he', route: `${incidentPages}/incident-create/incident-create`, onPc: true },
  { who: 'he', route: `${repairPages}/repair-detail/repair-detail?repairId=r-village-tap`, onPc: true },
  { who: 'he', route: `${operationsPages}/status/status`, onPc: true },
  { who: 'he', route: `${operationsPages}/checklist/checklist`, onPc: true },
  { who: 'he', route: `${operationsPages}/audit-list/audit-list`, onPc: true },
  { who: 'he', route: `${operationsPages}/brand-form/brand-form`, onPc: true },
  { who: 'chen', route: 'pages/desk/desk', onPc: true },
  { who: 'chen', route: `${repairPages}/repair-detail/repair-detail?repairId=r-village-door` },
  { who: 'chen', route: `${repairPages}/repair-quote/repair-quote?repairId=r-village-door` },
  { who: 'chen', route: 'pages/me/me' },
  { who: 'sun', route: 'pages/desk/desk' },
  { who: 'sun', route: `${memberPages}/house-lookup/house-lookup` },
  { who: 'sun', route: `${housePages}/house-profile/house-profile?houseId=h-3-2-501` },
  { who: 'wang', route: `${memberPages}/household/household?houseId=h-3-2-501` },
  { who: 'wang', route: `${memberPages}/my-data/my-data` },
  { who: 'wang', route: `${housePages}/committee/committee?communityId=c-lihua` },
  { who: 'he', route: 'pages/me/me' },
  { who: 'he', route: `${memberPages}/application-list/application-list`, onPc: true },
  { who: 'he', route: `${memberPages}/staff-list/staff-list`, onPc: true },
  { who: 'he', route: `${housePages}/register/register`, onPc: true },
  { who: 'he', route: `${housePages}/building/building?building=3`, onPc: true },
  { who: 'he', route: `${housePages}/house-profile/house-profile?houseId=h-3-2-501`, onPc: true },
  { who: 'he', route: `${housePages}/community-edit/community-edit`, onPc: true },
  { who: 'he', route: `${housePages}/committee-register/committee-register`, onPc: true },
  { who: 'he', route: `${housePages}/house-import/house-import`, onPc: true },
  { who: 'stranger', route: 'features/setup/pages/first-setup/first-setup' },
  { who: 'stranger', route: 'pages/home/home' },
  { who: 'stranger', route: `${memberPages}/house-bind/house-bind` },
  { who: 'stranger', route: `${memberPages}/house-apply/house-apply` },
  { who: 'stranger', route: `${memberPages}/application-detail/application-detail?applicationId=a-none` },
  { who: 'stranger', route: `${housePages}/directory/directory` },
  { who: 'stranger', route: 'pages/inbox/inbox' },
  { who: 'stranger', route: `${repairPages}/repair-detail/repair-detail?repairId=r-village-tap` },
]
const everyRoute = [
  `${memberPages}/house-bind/house-bind`, `${memberPages}/house-apply/house-apply`, `${memberPages}/household/household`,
  `${memberPages}/application-list/application-list`, `${memberPages}/application-detail/application-detail`, `${memberPages}/staff-list/staff-list`,
  `${memberPages}/my-data/my-data`, `${memberPages}/house-lookup/house-lookup`,
  `${housePages}/directory/directory`, `${housePages}/committee/committee`, `${housePages}/committee-register/committee-register`,
  `${housePages}/register/register`, `${housePages}/building/building`, `${housePages}/community-edit/community-edit`,
  `${housePages}/house-profile/house-profile`, `${housePages}/house-import/house-import`,
  'pages/home/home', 'pages/inbox/inbox', 'pages/me/me', 'pages/desk/desk',
  `${operationsPages}/status/status`, `${operationsPages}/checklist/checklist`, `${operationsPages}/audit-list/audit-list`, `${operationsPages}/brand-form/brand-form`,
  `${repairPages}/repair-list/repair-list`, `${repairPages}/repair-create/repair-create`, `${repairPages}/repair-detail/repair-detail`,
  `${repairPages}/repair-talk/repair-talk`, `${repairPages}/repair-quote/repair-quote`, `${repairPages}/price-list/price-list`,
  `${repairPages}/repair-desk/repair-desk`, `${repairPages}/repair-for-caller/repair-for-caller`, `${repairPages}/revisit-list/revisit-list`,
  `${repairPages}/duty-roster/duty-roster`, `${repairPages}/content-review/content-review`,
  `${incidentPages}/incident-list/incident-list`, `${incidentPages}/incident-board/incident-board`, `${incidentPages}/incident-create/incident-create`,
  `${billPages}/bill-list/bill-list`, `${billPages}/bill-detail/bill-detail`, `${billPages}/payment-desk/payment-desk`,
  'features/setup/pages/first-setup/first-setup',
]

let village: VillageInBrowser
let billId = ''
beforeAll(async () => {
  village = await openVillageInBrowser()
  const paid = await billedRepair(village, '厨房角阀漏水')
  await village.call('qian', 'payments', 'record', { billId: paid.billId, method: 'cash', payerName: '王秀英', requestId: 'every-page-records-cash' })
  billId = (await billedRepair(village, '洗手盆角阀漏水')).billId
})
afterAll(() => village?.close())

const slug = (route: string) => route.split('/').at(-1)!.replace(/\W+/g, '-')

/**
 * What breaks breaks at an edge: the narrowest and the widest phone are walked in both text sizes, as is the PC by those who work at one.
 * The usual phone, between the two, is walked once.
 */
const modesAt: Record<keyof typeof sizes, Mode[]> = {
  small: ['normal', 'elder'], usual: ['normal'], large: ['normal', 'elder'], pc: ['normal', 'elder'],
}

/** Each person's pages at one size, first as they are, then in 关怀模式. */
const walk = async (who: string, sizeName: keyof typeof sizes, routes: string[]): Promise<string[]> => {
  const size: Size = sizes[sizeName]
  const found: string[] = []
  const phone = await village.hold(who, { size })
  for (const mode of modesAt[sizeName]) {
    if (mode === 'elder') await wearElder(phone, village.url)
    for (const route of routes) {
      await phone.show(village.url, route.replace(aBill, billId))
      await phone.photograph(`${slug(route)}-${sizeName}-${mode}`)
      const findings = (await findIllegible(phone, mode)).map(({ what, where, detail }) => `${what}: ${where} (${detail})`)
      found.push(...[...findings, ...await phone.troubles()].map((trouble) => `${who} ${slug(route)} ${size.width}px ${mode}: ${trouble}`))
    }
  }
  await phone.close()
  return found
}

it('every page of the app is walked', () => {
  expect(new Set(pages.map(({ route }) => route.split('?')[0]))).toEqual(new Set(everyRoute))
})

it('the phone has every wx API that the app uses', async () => {
  const sources = readdirSync(inRoot('miniprogram'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.startsWith('miniprogram_npm'))
    .map((file) => readFileSync(inRoot('miniprogram', file), 'utf8'))
  const used = [...new Set(sources.flatMap((source) => [...source.matchAll(/\bwx\.(cloud\.\w+|\w+)/g)].map(([, name]) => name!)))]
  expect(used.length).toBeGreaterThan(20)
  const phone = await village.hold('wang')
  const has = (name: string) => phone.page.evaluate<boolean>(name.startsWith('cloud.') ? `'${name.slice(6)}' in wx.cloud` : `'${name}' in wx`)
  expect(await has('openBluetoothAdapter')).toBe(false)
  const missing: string[] = []
  for (const name of used) if (!(await has(name))) missing.push(name)
  await phone.close()
  expect(missing).toEqual([])
})

it('the walk notices what nobody could read or hit', async () => {
  const phone = await village.hold('wang')
  await phone.sees(/件报修/)
  await phone.page.addStyleTag({
    content: `.headline { height: 8px; overflow: hidden } .hello-name { font-size: 9px !important; color: #ddd !important }
      [role="button"] { height: 20px !important; min-height: 0 !important; overflow: visible } .entries { width: 900px !important }
      .entry-word { width: 2em }`,
  })
  const kinds = new Set((await findIllegible(phone, 'normal')).map(({ what }) => what))
  await phone.close()
  expect(kinds).toEqual(new Set(['scrolls sideways', 'text cut', 'words squeezed', 'text too small', 'target too small', 'accessibility']))
})

describe.each(['small', 'usual', 'large', 'pc'] as const)('at the %s size', (sizeName) => {
  const people = sizeName === 'pc' ? ['he', 'chen', 'qian'] : ['wang', 'he', 'chen', 'qian', 'stranger']
  it.each(people)('%s can read everything and hit every button', async (who) => {
    const routes = pages.filter((page) => page.who === who && (sizeName !== 'pc' || page.onPc)).map(({ route }) => route)
    expect(await walk(who, sizeName, routes)).toEqual([])
  })
})
