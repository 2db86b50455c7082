import { villagers } from '../../simulator/seed/villagers'
import { mayCall, type Role } from '../permissions/matrix'

const rolesOf: Record<string, Role> = {
  wang: 'owner', li: 'tenant', zhao: 'owner', chen: 'technician', he: 'manager', qian: 'cashier', sun: 'guard', zhou: 'clerk', stranger: 'stranger',
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
/** Whoever looks for their own house, or has asked to be let into it, may see which houses there are; who lives in them, nobody may. */
const publicRegister = ['houses.browseHouses', 'houses.find', 'members.getApplication', 'members.session']
/** Who takes the money sees whose it is, and for which house. */
const books = ['billing.desk', 'payments.list', 'refunds.bill', 'refunds.list']
const isHouse = (secret: string) => secret.includes('号楼')
const isMaskedNumber = (secret: string) => secret.includes('****')
/** Of a house that is looked up the gate hears masked names, and who sends the bills the masked numbers too; see cloudfunctions/insights/profile.ts. */
const isShown = (called: string, who: string, secret: string): boolean =>
  (publicRegister.includes(called) && isHouse(secret)) ||
  (books.includes(called) && who === 'qian' && !isMaskedNumber(secret)) ||
  (called === 'insights.residentProfile' && (isHouse(secret) || (who === 'qian' && isMaskedNumber(secret))))

/** What an answer shows that is not for this person: names and numbers of other households, an openid, a number in the clear. */
export const findLeak = (who: string, name: string, action: string, answer: string): string | undefined => {
  const called = `${name}.${action}`
  const numbers = revealing.includes(called) ? [] : clearNumbers
  const hidden = hiddenFrom[who]!.filter((secret) => !isShown(called, who, secret))
  return [...hidden, ...openids, ...numbers].find((secret) => answer.includes(secret))
}
