import type { Village } from '../../support/village'
import { afterwards, broken, daysFromNow, desk, details, dueByItself, household, newOrder, order, step, tap, withColleague } from './orders'
import type { Scenario } from './scenario'

/** A hall that is dark, reported by staff, and followed by a neighbour. */
const followed = async (village: Village): Promise<string> => {
  const { repairId } = await village.as('zhou').get('repairs', 'createFor', {
    requestId: 'the-hall-it-is-about', houseId: null, source: 'call', caller: { name: '邻居', phone: null }, category: 'public_area', urgency: 'normal',
    description: '门厅灯不亮', photos: [], place: { building: '1', spot: '门厅' },
  })
  await village.tick()
  await village.as('zhao').get('repairs', 'follow', { houseId: 'h-1-1-201', repairId, isFollowing: true })
  return repairId
}

/** The same, which was not well and is being repaired once more. */
const reopened = (ready: Scenario['ready']): Scenario['ready'] => async (village, photos) => {
  const repairId = await ready(village, photos)
  await village.as('wang').get('repairs', 'reopen', { repairId, note: '又漏了', photos: [photos.wang], requestId: 'reopened-before-it' })
  await village.as('chen').get('repairs', 'start', { repairId, requestId: 'started-before-it' })
  await village.as('chen').get('repairs', 'quote', { repairId, lines: [{ itemId: 'visit', quantity: 1 }], note: '', requestId: 'quoted-before-it' })
  await village.as('wang').get('repairs', 'accept', { repairId, requestId: 'accepted-before-it' })
  return repairId
}

const normal = { urgency: 'normal' } as const
const urgent = { urgency: 'urgent' } as const

export const repairScenarios: Scenario[] = [
  step('create', '新的报修待处理', [...desk, 'chen'], newOrder,
    (village, _, requestId, { wang }) => village.as('wang').call('repairs', 'create', { ...broken, photos: [wang], requestId }), { group: 1, rows: { repairs: 1, photo_checks: 1 } }),
  step('create an urgent one', '紧急报修待处理', [...desk, 'chen'], newOrder,
    (village, _, requestId) => village.as('wang').call('repairs', 'create', { ...broken, urgency: 'urgent', photos: [], requestId }), { group: 1, rows: { repairs: 1 } }),
  step('assign', '报修已派单', [...household, 'chen'], order(normal), tap('he', 'assign', () => ({ technicianId: 'm-chen' }))),
  step('claim', '师傅已接单', household, order(normal), tap('chen', 'claim')),
  step('claim what a neighbour follows', '师傅已接单', ['zhao'], followed, tap('chen', 'claim')),
  step('transfer', '报修已转单', [...household, ...desk, 'lu'], withColleague(order(normal, 'assign')), tap('chen', 'transfer', () => ({ technicianId: 'm-lu', note: '走不开' }))),
  step('return', '报修被退回', [...household, ...desk, 'chen', 'lu'], withColleague(order(normal, 'assign')), tap('chen', 'return', () => ({ note: '不会修' })), { group: 1 }),
  step('arrive', '师傅到楼下了', household, order(normal, 'assign'), tap('chen', 'arrive')),
  step('start', '维修已开始', household, order(normal, 'assign'), tap('chen', 'start')),
  step('hold', '报修已挂起', [...household, ...desk], order(normal, 'assign', 'start'), tap('chen', 'hold', () => ({ note: '等配件', until: daysFromNow(5) }))),
  step('resume', '报修继续处理', household, order(normal, 'assign', 'start', 'hold'), tap('chen', 'resume')),
  step('quote', '请确认维修报价', household, order(normal, 'assign', 'start'), tap('chen', 'quote', () => details.quote)),
  step('accept', '报价已同意', ['chen'], order(normal, 'assign', 'start', 'quote'), tap('wang', 'accept')),
  step('decline', '报价未同意', ['chen'], order(normal, 'assign', 'start', 'quote'), tap('wang', 'decline', () => ({ note: '太贵' }))),
  step('record', '维修有新照片', household, order(normal, 'assign', 'start'), tap('chen', 'record', ({ chen }) => ({ photos: [chen] })), { rows: { photo_checks: 1 } }),
  step('complete', '维修已完成', household, order(urgent, 'assign', 'start'), tap('chen', 'complete', ({ chen }) => ({ note: '换了阀芯', photos: [chen] })),
    { rows: { repair_revisits: 1, owed_gifts: 1, photo_checks: 1 } }),
  step('complete what costs something', '维修已完成', household, order(normal, 'assign', 'start', 'quote', 'accept'), tap('chen', 'complete', () => ({ note: '换了阀芯', photos: [] })),
    { rows: { bills: 1, owed_gifts: 1 } }),
  step('complete again what costs something', '维修已完成', household, reopened(order(normal, 'assign', 'start', 'quote', 'accept', 'complete')),
    tap('chen', 'complete', () => ({ note: '换了龙头', photos: [] })), { rows: { bills: 1, owed_gifts: 0 } }),
  step('rate', '收到住户评价', ['chen'], order(normal, 'assign', 'start', 'complete'), tap('wang', 'rate', () => ({ stars: 2, tags: ['来得慢'] })), { rows: { repair_revisits: 1 } }),
  step('confirm', '住户已确认', ['chen'], order(normal, 'assign', 'start', 'complete'), tap('wang', 'confirm')),
  step('reopen', '住户要求返修', [...desk, 'chen'], order(normal, 'assign', 'start', 'complete'), tap('wang', 'reopen', ({ wang }) => ({ note: '又漏了', photos: [wang] })),
    { group: 1, rows: { photo_checks: 1 } }),
  step('urge', '住户催单', [...desk, 'chen'], order(normal, 'assign'), tap('wang', 'urge'), { group: 1 }),
  step('prioritize', '紧急程度已修改', [...desk, 'chen'], order(normal, 'assign'), tap('wang', 'prioritize', () => ({ urgency: 'urgent' })), { group: 1 }),
  step('merge', '报修已合并', household, order(normal), tap('he', 'merge', () => ({ intoId: 'r-village-gate' })), { rows: { followers: 0 } }),
  step('cancel', '报修已取消', [...household, 'chen'], order(normal, 'assign'), tap('he', 'cancel', () => ({ note: '整栋统一换管' }))),
  step('write', '报修有新留言', ['chen'], order(normal, 'assign'), tap('wang', 'sendMessage', () => ({ text: '几点来？' })), { rows: { repair_messages: 1 } }),
  dueByItself('wake', { '挂起到期，请继续': [...household, 'chen'] }, order(normal, 'assign', 'start', 'hold'), ({ heldUntil }) => afterwards(heldUntil!)),
  dueByItself('warn', { 报修快要超时: [...desk, 'chen'] }, order(urgent, 'assign'), ({ sla }) => afterwards(sla!.warnAt!)),
  dueByItself('escalate', { 报修需要督办: [...desk, 'chen'] }, order(urgent, 'assign'), ({ sla }) => afterwards(sla!.dueAt!), { group: 1 }),
  dueByItself('escalate what nobody took', { 报修需要督办: desk }, order(normal), ({ unassignedSince }) => afterwards(unassignedSince!) + 15 * 60_000, { group: 1 }),
  dueByItself('close', { 报修已自动完成: household }, order(normal, 'assign', 'start', 'complete'), ({ completedAt }) => afterwards(completedAt!, 7)),
]
