import { createVault } from '../../cloudfunctions/_shared/crypto'
import { fingerprintsOf, keyRecordsOf, keysOf } from '../../cloudfunctions/_shared/keys'
import type { Configuration } from '../../cloudfunctions/_shared/configuration'
import { issueSetupCode, readSetupCode, setupCodeBytes, setupCodeOf, setupCodePurpose } from '../../cloudfunctions/members/setup-code'
import type { Seed } from '../cloud/cloud'
import { buildingsOf, committeeOf, communityOf, housesOf, rosterOf, type OnFile } from './register'
import { villageRepairs } from './village-repairs'
import { communityId, communityName, memberOf, templateIds, templateTitles, villagers, type Room } from './villagers'

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
  },
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
  const repairs = villageRepairs(now, vault)
  return {
    people: villagers.map(({ key, openid, name, title, phone }) => ({ key, openid, name, title, phone })),
    documents: {
      configurations: [configurationOf('company', '邻里物业'), configurationOf(communityId, communityName)],
      key_records: keyRecordsOf(vault.fingerprints),
      communities: [communityOf(communityId, communityName, address)],
      buildings: buildingsOf(communityId, houses),
      houses: housesOf(communityId, houses),
      roster: rosterOf(communityId, [...residents, ...expected], vault),
      committee_members: committeeOf(communityId),
      members: villagers.map((villager) => memberOf(villager, vault)),
      repairs: repairs.orders,
      inbox: repairs.inbox,
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
