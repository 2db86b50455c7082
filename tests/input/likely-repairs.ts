import { shanghaiDay } from '../../cloudfunctions/_shared/clock'
import type { Slot } from '../../cloudfunctions/repairs/contract'
import { ordersOf } from '../repairs/working-village'
import { newRequest, type Village } from '../support/village'
import type { Likely, LikelyCalls } from './targets'

const houseId = 'h-3-2-501'
const hall = { building: '1', spot: '门厅' }
const report = { houseId, category: 'plumbing', urgency: 'normal', description: '水管漏了', place: null, slot: null }

/** A day so many days from now, in Shanghai. */
export const dayFromNow = (days: number): string => shanghaiDay(new Date(Date.now() + days * 86_400_000))
export const instantFromNow = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString()

type Orders = ReturnType<typeof ordersOf>
type Made = (orders: Orders, village: Village) => Promise<string>

const waiting: Made = ({ report }) => report()
const assigned: Made = ({ assigned }) => assigned()
const started: Made = ({ started }) => started()
const quoted: Made = ({ quoted }) => quoted()
const completed: Made = ({ completed }) => completed()
const held: Made = async ({ started, must }) => {
  const repairId = await started()
  await must('chen', 'hold', { repairId, note: '等配件', until: dayFromNow(3) })
  return repairId
}
const spoken: Made = async ({ report, photoOf }) => {
  const fileId = await photoOf('wang', '')
  return report({ description: '', voice: { fileId, seconds: 5 } })
}
/** 周婷 took down that a hall in 赵建国's building is dark. */
const neighbours: Made = async (_, village) => (await village.as('zhou').get('repairs', 'createFor', {
  requestId: newRequest(), houseId: null, source: 'call', caller: { name: '邻居', phone: null }, category: 'public_area', urgency: 'normal', description: '门厅灯不亮', photos: [], place: hall,
})).repairId
/** As soon as WeChat has passed its words, neighbours may see it. */
const shown: Made = async (orders, village) => {
  const repairId = await neighbours(orders, village)
  await village.tick()
  return repairId
}

type Rest = (repairId: string, orders: Orders, village: Village) => Promise<object> | object

/** A call about an order that was brought to where it is possible. */
const about = (who: string, made: Made, rest: Rest = () => ({})) => async (village: Village): Promise<Likely[]> => {
  const orders = ordersOf(village)
  const repairId = await made(orders, village)
  return [{ who, input: { repairId, requestId: newRequest(), ...(await rest(repairId, orders, village)) } }]
}

/** As `about`, of an action that has no intention of its own. */
const looking = (who: string, made: Made, rest: object = {}) => async (village: Village): Promise<Likely[]> =>
  [{ who, input: { repairId: await made(ordersOf(village), village), ...rest } }]

const photoBy = (who: string): Rest => async (repairId, { photoOf }) => ({ note: '拍给您看', photos: [await photoOf(who, repairId)] })

/** The last hours of the week that somebody can come in. */
const freeHours = async (village: Village): Promise<Slot> => {
  const { day, from, to } = (await village.as('wang').get('repairs', 'visits', { houseId })).slots.filter(({ isFree }) => isFree).at(-1)!
  return { day, from, to }
}

export const likelyRepairs: LikelyCalls = {
  'repairs.prepare': () => [{ who: 'wang', input: {} }],
  'repairs.create': async (village) => [
    { who: 'wang', input: { ...report, requestId: newRequest(), photos: [await ordersOf(village).photoOf('wang', '')], contact: { name: '王先生', phone: '13912345678' } } },
    { who: 'zhao', input: { requestId: newRequest(), houseId: 'h-1-1-201', category: 'public_area', urgency: 'urgent', description: '门厅灯不亮', photos: [], place: hall } },
    { who: 'wang', input: { ...report, requestId: newRequest(), photos: [], slot: await freeHours(village) } },
  ],
  'repairs.visits': async (village) => [
    { who: 'wang', input: { houseId, category: 'plumbing' } }, { who: 'zhou', input: { category: 'public_area', building: null } },
    { who: 'chen', input: { repairId: await ordersOf(village).assigned() } },
  ],
  'repairs.reschedule': about('wang', assigned, async (_, __, village) => ({ slot: await freeHours(village), note: '' })),
  'repairs.createFor': () => [
    { who: 'zhou', input: { ...report, requestId: newRequest(), photos: [], source: 'call', caller: { name: '王先生', phone: '13912345678' } } },
    { who: 'he', input: { ...report, requestId: newRequest(), photos: [], source: 'patrol', caller: { name: '巡检', phone: null }, houseId: null, category: 'public_area', place: hall } },
  ],
  'repairs.similar': () => [{ who: 'wang', input: { houseId, text: '水管漏了' } }],
  'repairs.follow': looking('zhao', shown, { houseId: 'h-1-1-201', isFollowing: true }),
  'repairs.prices': () => [{ who: 'wang', input: {} }],
  'repairs.list': () => [{ who: 'wang', input: { houseId } }],
  'repairs.get': looking('wang', quoted),
  'repairs.queue': () => [{ who: 'chen', input: { stage: 'waiting' } }],
  'repairs.revealContact': looking('chen', assigned),
  'repairs.urge': about('wang', waiting),
  'repairs.cancel': about('wang', waiting, () => ({ note: '修好了' })),
  'repairs.accept': about('wang', quoted),
  'repairs.decline': about('li', quoted, () => ({ note: '太贵' })),
  'repairs.confirm': about('wang', completed),
  'repairs.rate': about('wang', completed, () => ({ stars: 5, tags: ['手艺好'], note: '谢谢' })),
  'repairs.reopen': about('wang', completed, photoBy('wang')),
  'repairs.claim': about('chen', waiting),
  'repairs.assign': about('he', waiting, () => ({ technicianId: 'm-chen' })),
  'repairs.transfer': about('chen', assigned, () => ({ technicianId: 'm-lu', note: '今天走不开' })),
  'repairs.return': about('chen', assigned, () => ({ note: '不会修' })),
  'repairs.hold': about('chen', started, () => ({ note: '等配件', until: dayFromNow(3) })),
  'repairs.resume': about('chen', held),
  'repairs.arrive': about('chen', assigned),
  'repairs.start': about('chen', assigned),
  'repairs.record': about('chen', started, photoBy('chen')),
  'repairs.quote': about('chen', started, () => ({ lines: [{ itemId: 'visit', quantity: 1 }, { name: '弯头', unit: '个', kind: 'material', priceFen: 1_200, quantity: 2 }], note: '换弯头' })),
  'repairs.complete': about('chen', started, photoBy('chen')),
  'repairs.prioritize': about('wang', waiting, () => ({ urgency: 'urgent', note: '漏得更大了' })),
  'repairs.summarize': about('zhou', spoken, () => ({ description: '厨房水管漏水', category: 'plumbing' })),
  'repairs.merge': about('he', waiting, async (_, orders, village) => ({ intoId: await neighbours(orders, village) })),
  'repairs.messages': looking('wang', assigned),
  'repairs.sendMessage': about('wang', assigned, async (repairId, { photoOf }) => ({ text: '几点来？', photo: await photoOf('wang', repairId) })),
  'repairs.readMessages': looking('wang', assigned),
  'repair-desk.list': () => [{ who: 'zhou', input: { list: 'waiting' } }],
  'repair-desk.search': () => [{ who: 'zhou', input: { text: '3-2-501' } }],
  'repair-desk.revisits': () => [{ who: 'zhou', input: { state: 'open' } }],
  'repair-desk.recordRevisit': async (village) => {
    const open = (await village.as('zhou').get('repair-desk', 'revisits', { state: 'open' })).revisits
    return open.map(({ revisitId }) => ({ who: 'zhou', input: { revisitId, isSatisfied: true, note: '住户满意' } }))
  },
  'repair-desk.contentReviews': () => [{ who: 'zhou', input: {} }],
  'repair-desk.decideContent': async (village) => {
    const { reviews } = await village.as('zhou').get('repair-desk', 'contentReviews', {})
    return reviews.map(({ reviewId }) => ({ who: 'zhou', input: { reviewId, isFit: true } }))
  },
  'repair-desk.saveShift': () => [{
    who: 'he', input: { requestId: newRequest(), memberId: 'm-chen', startsAt: instantFromNow(24), endsAt: instantFromNow(32), categories: ['plumbing'], buildings: ['1'] },
  }],
  'repair-desk.removeShift': async (village) => {
    const { shiftId } = await village.as('he').get('repair-desk', 'saveShift', {
      requestId: newRequest(), memberId: 'm-chen', startsAt: instantFromNow(48), endsAt: instantFromNow(56), categories: null, buildings: null,
    })
    return [{ who: 'he', input: { shiftId } }]
  },
}
