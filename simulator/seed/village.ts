import { createVault } from '../../cloudfunctions/_shared/crypto'
import { fingerprintsOf, keyRecordsOf, keysOf } from '../../cloudfunctions/_shared/keys'
import type { Configuration, RepairSettings } from '../../cloudfunctions/_shared/configuration'
import { issueSetupCode, readSetupCode, setupCodeBytes, setupCodeOf, setupCodePurpose } from '../../cloudfunctions/members/setup-code'
import type { Seed } from '../cloud/cloud'
import { billsOf } from './bills'
import { buildingsOf, committeeOf, communityOf, housesOf, rosterOf, type OnFile } from './register'
import { villageIncidents } from './village-incidents'
import { villageRepairs } from './village-repairs'
import { communityId, communityName, memberOf, templateIds, templateTitles, villagers, type Room } from './villagers'

/** The public price list, as a small company would write it. Integer fen. */
const prices: RepairSettings['prices'] = [
  { itemId: 'visit', name: '上门检修', unit: '次', kind: 'labour', category: null, priceFen: 3_000 },
  { itemId: 'tap-labour', name: '更换水龙头（人工）', unit: '个', kind: 'labour', category: 'plumbing', priceFen: 5_000 },
  { itemId: 'tap', name: '单冷水龙头', unit: '个', kind: 'material', category: 'plumbing', priceFen: 6_800 },
  { itemId: 'angle-valve', name: '三角阀', unit: '个', kind: 'material', category: 'plumbing', priceFen: 2_500 },
  { itemId: 'drain', name: '疏通下水（人工）', unit: '次', kind: 'labour', category: 'plumbing', priceFen: 8_000 },
  { itemId: 'socket', name: '五孔插座', unit: '个', kind: 'material', category: 'electrical', priceFen: 1_800 },
  { itemId: 'lamp-labour', name: '更换灯具（人工）', unit: '盏', kind: 'labour', category: 'electrical', priceFen: 4_000 },
  { itemId: 'lock-labour', name: '更换锁芯（人工）', unit: '把', kind: 'labour', category: 'door_window', priceFen: 6_000 },
  { itemId: 'lock-core', name: 'C级锁芯', unit: '把', kind: 'material', category: 'door_window', priceFen: 16_800 },
  { itemId: 'heater-tube', name: '热水器加热管', unit: '根', kind: 'material', category: 'appliance', priceFen: 12_000 },
]

export const configurationOf = (id: string, name: string): Configuration => ({
  _id: id,
  schema: 1,
  name,
  brand: {
    name: '邻里物业',
    color: '#0f7b6c',
    logoFileId: null,
    servicePhone: '021-5550-1200',
    emergencyPhone: '021-5550-1999',
  },
  templates: {
    repair_submitted: { templateId: templateIds.repair_submitted, keywords: { thing1: 'place', thing2: 'summary', time3: 'time' } },
    repair_progress: { templateId: templateIds.repair_progress, keywords: { thing1: 'summary', phrase2: 'status', time3: 'time', thing4: 'note' } },
    incident: { templateId: templateIds.incident, keywords: { thing1: 'summary', phrase2: 'status', time3: 'time', thing4: 'note' } },
  },
  repairs: { prices },
  payments: { isOpen: true, merchants: { repair: '1600000001' } },
  robot: { webhook: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=4c696e6c-6900-4000-8000-726f626f7400' },
})

/** Three buildings, twelve homes. Areas in integer hundredths of a square metre. */
const houses: (Room & { areaSqm: number })[] = [
  { building: '1', entrance: '1', roomNo: '101', areaSqm: 8888 },
  { building: '1', entrance: '1', roomNo: '201', areaSqm: 8888 },
  { building: '1', entrance: '2', roomNo: '302', areaSqm: 10135 },
  { building: '1', entrance: '2', roomNo: '402', areaSqm: 10135 },
  { building: '2', entrance: '1', roomNo: '101', areaSqm: 7620 },
  { building: '2', entrance: '1', roomNo: '602', areaSqm: 7620 },
  { building: '2', entrance: '2', roomNo: '1101', areaSqm: 13207 },
  { building: '2', entrance: '2', roomNo: '1102', areaSqm: 12890 },
  { building: '3', entrance: '1', roomNo: '301', areaSqm: 9544 },
  { building: '3', entrance: '1', roomNo: '302', areaSqm: 9544 },
  { building: '3', entrance: '2', roomNo: '501', areaSqm: 11866 },
  { building: '3', entrance: '2', roomNo: '502', areaSqm: 11866 },
]

const address = '青浦区梨花路 88 号'
const residents = villagers.flatMap(({ name, phone, houses: homes }) =>
  homes.map(({ houseId, building, relation }): OnFile => ({ houseId, building, name, phone, relation })))
/** On file, and not yet on the mini-program: 周海燕 has two homes. */
const expected: OnFile[] = [
  { houseId: 'h-2-1-602', building: '2', name: '周海燕', phone: '13100131062', relation: 'owner' },
  { houseId: 'h-2-2-1101', building: '2', name: '周海燕', phone: '13100131062', relation: 'owner' },
  { houseId: 'h-1-2-302', building: '1', name: '孙立群', phone: '15000150032', relation: 'owner' },
  { houseId: 'h-3-1-301', building: '3', name: '欧阳春华', phone: '18600186031', relation: 'owner' },
]

export const village = (now: Date, environment: Record<string, string>): Seed => {
  const vault = createVault(keysOf(environment))
  const configuration = configurationOf(communityId, communityName)
  const repairs = villageRepairs(now, vault, configuration)
  const money = billsOf(repairs.orders, memberOf(villagers.find(({ key }) => key === 'qian')!, vault), ({ _id }) => _id === 'r-village-window')
  return {
    people: villagers.map(({ key, openid, name, title, phone }) => ({ key, openid, name, title, phone })),
    documents: {
      configurations: [configurationOf('company', '邻里物业'), configuration],
      key_records: keyRecordsOf(vault.fingerprints),
      communities: [communityOf(communityId, communityName, address)],
      buildings: buildingsOf(communityId, houses),
      houses: housesOf(communityId, houses),
      roster: rosterOf(communityId, [...residents, ...expected], vault),
      committee_members: committeeOf(communityId),
      members: villagers.map((villager) => memberOf(villager, vault)),
      repairs: repairs.orders,
      bills: money.bills,
      payments: money.payments,
      visit_seats: repairs.seats,
      repair_messages: repairs.messages,
      repair_revisits: repairs.revisits,
      content_reviews: repairs.reviews,
      followers: repairs.followers,
      jobs: repairs.jobs,
      inbox: repairs.inbox,
      ...villageIncidents(now, vault),
    },
    files: repairs.files,
    templates: templateTitles,
  }
}

/** As a deployment would print it; of this very cloud. */
export const emptySetupCode = (environment: Record<string, string>): string =>
  setupCodeOf(Buffer.from(createVault(keysOf(environment)).hash('simulator', setupCodePurpose), 'hex').subarray(0, setupCodeBytes))

/** A company that has set up its configuration, its key and the name of its community, and waits for its first manager. */
export const emptyCompany = (now: Date, environment: Record<string, string>): Seed => ({
  people: [],
  documents: {
    configurations: [configurationOf('company', '邻里物业'), configurationOf(communityId, communityName)],
    key_records: keyRecordsOf(fingerprintsOf(keysOf(environment))),
    setup_codes: [issueSetupCode(createVault(keysOf(environment)).hash(setupCodePurpose, readSetupCode(emptySetupCode(environment))), now)],
    communities: [communityOf(communityId, communityName, address)],
  },
  files: [],
  templates: templateTitles,
})
