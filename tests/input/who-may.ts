import { villagers } from '../../simulator/seed/villagers'
import { mayCall, type Role } from '../permissions/matrix'

const rolesOf: Record<string, Role> = {
  wang: 'owner', li: 'tenant', zhao: 'owner', chen: 'technician', he: 'manager', qian: 'cashier', sun: 'guard', zhou: 'clerk', stranger: 'stranger',
const residents = ['wang', 'li', 'zhao']
const owners = ['wang', 'zhao']
const dispatchers = ['he', 'zhou']
const desk = [...dispatchers, 'chen']
const registered = [...residents, ...desk, 'qian', 'sun']
const everybody = [...registered, 'stranger']

/** Who can get anything but a refusal, ever; written out anew, so that it does not follow a mistake in the functions. */
const audiences: Record<string, string[]> = {
  'account.myData': registered,
  'account.exportMyData': registered,
  'account.previewDeletion': registered,
  'account.deleteAccount': registered,
  'home.open': everybody,
  'exports.houses': dispatchers,
  'exports.residents': dispatchers,
  'exports.staff': ['he'],
  'house-import.prepare': dispatchers,
  'house-import.template': dispatchers,
  'house-import.check': dispatchers,
  'house-import.start': dispatchers,
  'house-import.advance': dispatchers,
  'house-import.get': dispatchers,
  'house-import.discard': dispatchers,
  'house-import.list': dispatchers,
  'house-import.report': dispatchers,
  'houses.directory': everybody,
  'houses.browseBuildings': everybody,
  'houses.browseHouses': everybody,
  'houses.find': everybody,
  'houses.getCommunity': dispatchers,
  'houses.createCommunity': ['he'],
  'houses.updateCommunity': ['he'],
  'houses.listBuildings': dispatchers,
  'houses.createBuilding': dispatchers,
  'houses.updateBuilding': dispatchers,
  'houses.list': dispatchers,
  'houses.search': dispatchers,
  'houses.get': dispatchers,
  'houses.create': dispatchers,
  'houses.update': dispatchers,
  'houses.remove': dispatchers,
  'houses.addToRoster': dispatchers,
  'houses.updateRoster': dispatchers,
  'houses.removeFromRoster': dispatchers,
  'houses.revealRosterPhone': dispatchers,
  'houses.committee': residents,
  'houses.listCommittee': dispatchers,
  'houses.createCommitteeMember': dispatchers,
  'houses.updateCommitteeMember': dispatchers,
  'houses.removeCommitteeMember': dispatchers,
  'members.session': everybody,
  'members.agreePrivacy': everybody,
  'members.withdrawPrivacy': everybody,
  'members.verifyPhone': everybody,
  'members.apply': everybody,
  'members.withdrawApplication': registered,
  'members.getApplication': registered,
  'members.listApplications': dispatchers,
  'members.approve': [...owners, ...dispatchers],
  'members.reject': [...owners, ...dispatchers],
  'members.household': owners,
  'members.addPerson': owners,
  'members.changePerson': owners,
  'members.removePerson': owners,
  'members.leaveHouse': registered,
  'members.withdrawInvitation': [...owners, 'he'],
  'members.transferHouse': dispatchers,
  'members.moveOut': dispatchers,
  'members.revealPhone': dispatchers,
  // Whoever has the code; the village has none.
  'members.redeemSetupCode': everybody,
  'members.switchPost': [...desk, 'qian', 'sun'],
  'members.listStaff': ['he'],
  'members.inviteStaff': ['he'],
  'members.changeStaff': ['he'],
  'members.removeStaff': ['he'],
  'members.listAudits': ['he'],
  'messages.list': everybody,
  'messages.read': registered,
  'messages.readAll': registered,
  'messages.recordConsent': registered,
  'messages.deliver': everybody,
  'incidents.list': residents,
  'incidents.follow': residents,
  'incidents.board': dispatchers,
  'incidents.create': dispatchers,
  'incidents.update': dispatchers,
  'incidents.finish': dispatchers,
  'repair-desk.board': dispatchers,
  'repair-desk.list': dispatchers,
  'repair-desk.search': dispatchers,
  'repair-desk.revisits': dispatchers,
  'repair-desk.recordRevisit': dispatchers,
  'repair-desk.shifts': dispatchers,
  'repair-desk.saveShift': dispatchers,
  'repair-desk.removeShift': dispatchers,
  'operations.status': ['he'],
  'repairs.prepare': residents,
  'repairs.create': residents,
  'repairs.list': residents,
  'repairs.get': [...residents, ...desk],
  'repairs.cancel': [...residents, ...dispatchers],
  'repairs.claim': ['chen'],
  'repairs.assign': dispatchers,
  'repairs.start': ['chen'],
  'repairs.complete': ['chen'],
  'repairs.queue': desk,
  'repairs.technicians': dispatchers,
  'repairs.revealContact': desk,
  'repairs.createFor': dispatchers,
  'repairs.similar': residents,
  'repairs.follow': residents,
  'repairs.prices': [...residents, ...desk],
  'repairs.urge': residents,
  'repairs.accept': residents,
  'repairs.decline': residents,
  'repairs.confirm': residents,
  'repairs.rate': residents,
  'repairs.reopen': residents,
  'repairs.transfer': ['chen'],
  'repairs.return': ['chen'],
  'repairs.hold': desk,
  'repairs.resume': desk,
  'repairs.arrive': ['chen'],
  'repairs.record': ['chen'],
  'repairs.quote': ['chen'],
  'repairs.prioritize': [...residents, ...dispatchers],
  'repairs.summarize': desk,
  'repairs.merge': dispatchers,
  'repairs.messages': [...residents, ...desk],
  'repairs.sendMessage': [...residents, ...desk],
  'repairs.readMessages': [...residents, ...desk],
}
const registered = Object.keys(rolesOf).filter((who) => who !== 'stranger')

/** Who can get anything but a refusal, ever; see tests/permissions/matrix.ts. */
export const whoMay = (name: string, action: string): string[] =>
  Object.entries(rolesOf).filter(([, role]) => mayCall(role, `${name}.${action}`)).map(([who]) => who)

const houseA = ['王秀英', '李明', '138****5010', '139****5011', '3号楼2单元501']
const houseB = ['赵建国', '137****2012', '1号楼1单元201']
const openids = registered.map((key) => `o-village-${key}`)
const clearNumbers = villagers.map(({ phone }) => phone)

/** What of others a person's answer must never contain. */
const hiddenFrom: Record<string, string[]> = {
  wang: houseB, li: houseB, zhao: houseA, qian: [...houseA, ...houseB], sun: [...houseA, ...houseB], stranger: [...houseA, ...houseB], chen: [], he: [], zhou: [],
}

const revealing = ['repairs.revealContact', 'houses.revealRosterPhone', 'members.revealPhone', 'account.exportMyData']
/** Whoever looks for their own house may see which houses there are; who lives in them, nobody may. */
const publicRegister = ['houses.browseHouses', 'houses.find']
const isHouse = (secret: string) => secret.includes('号楼')

/** What an answer shows that is not for this person: names and numbers of other households, an openid, a number in the clear. */
export const findLeak = (who: string, name: string, action: string, answer: string): string | undefined => {
  const called = `${name}.${action}`
  const numbers = revealing.includes(called) ? [] : clearNumbers
  const hidden = publicRegister.includes(called) ? hiddenFrom[who]!.filter((secret) => !isHouse(secret)) : hiddenFrom[who]!
  return [...hidden, ...openids, ...numbers].find((secret) => answer.includes(secret))
}
