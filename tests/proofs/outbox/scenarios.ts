import type { RepairOrder } from '../../../cloudfunctions/repairs/repair'
import { employ } from '../../members/newcomers'
import type { Answer, Village } from '../../support/village'
import { otherScenarios } from './scenarios-of-others'

/** Photos people have uploaded before they write. */
export type Photos = { wang: string; chen: string }

/** Something that happens, that others must hear of or that something must follow from. */
export type Scenario = {
  name: string
  /** The function whose process does it; `tick` for what falls due by itself. */
  acting: string
  /** By the title of what the inbox says: everybody who must be told, and nobody else. */
  told: Record<string, string[]>
  /** How many texts the staff's group hears. */
  group?: number
  /** How many documents more there must be in the end, by collection. */
  rows?: Record<string, number>
  /** Brings a village to where it can happen; answers what it is about. */
  ready: (village: Village) => Promise<string>
  /** The tap itself; again with the same request for a retry. Of `tick`: nothing. */
  act: (village: Village, about: string, requestId: string, photos: Photos) => Promise<Answer<unknown>>
  /** When an order's own thing falls due, milliseconds. */
  due?: (repair: RepairOrder) => number
}

export const uploadPhotos = async (village: Village): Promise<Photos> => {
  const { uploadPrefix } = await village.as('wang').get('repairs', 'prepare', {})
  const work = await village.as('chen').get('repairs', 'get', { repairId: 'r-village-door' })
  return {
    wang: await village.as('wang').upload(`${uploadPrefix}/202611/leak.jpg`),
    chen: await village.as('chen').upload(`${work.uploadPrefix}/202611/done.jpg`),
  }
}

const broken = { houseId: 'h-3-2-501', category: 'plumbing', urgency: 'normal', description: '水龙头漏水' } as const
type Urgency = 'normal' | 'urgent'
type Step = 'assign' | 'claim' | 'start' | 'hold' | 'quote' | 'complete'

const details: Record<Step, object> = {
  assign: { technicianId: 'm-chen' }, claim: {}, start: {}, hold: { note: '等配件', until: '' },
  quote: { lines: [{ itemId: 'visit', quantity: 1 }], note: '换阀芯' }, complete: { note: '换了阀芯', photos: [] },
}
const daysFromNow = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** An order of 王秀英's, and steps taken with it. Its ids are the same every time, so that what is sampled by them is, too. */
const order = (urgency: Urgency, ...steps: Step[]) => async (village: Village): Promise<string> => {
  const { repairId } = await village.as('wang').get('repairs', 'create', { ...broken, urgency, photos: [], requestId: 'the-order-it-is-about' })
  for (const step of steps) {
    const input = { ...details[step], ...(step === 'hold' && { until: daysFromNow(3) }), repairId, requestId: `before-it-${step}-it-was` }
    const answer = await village.as(step === 'assign' ? 'he' : 'chen').callRaw('repairs', { action: step, input })
    if (!answer.ok) throw new Error(`${step}: ${JSON.stringify(answer.error)}`)
  }
  return repairId
}

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

/** A second technician is there. */
const withColleague = (ready: Scenario['ready']): Scenario['ready'] => async (village) => {
  await employ(village, 'lu', { role: 'technician' })
  return ready(village)
}

const household = ['wang', 'li']
const desk = ['he', 'zhou']

type Rest = (photos: Photos) => object
const tap = (who: string, action: string, rest: Rest = () => ({})): Scenario['act'] => (village, repairId, requestId, photos) =>
  village.as(who).callRaw('repairs', { action, input: { repairId, requestId, ...rest(photos) }, client: { version: '0.1.0' } })

const step = (name: string, title: string, told: string[], ready: Scenario['ready'], act: Scenario['act'], more: Partial<Scenario> = {}): Scenario =>
  ({ name, acting: 'repairs', told: title === '' ? {} : { [title]: told }, ready, act, ...more })

const dueByItself = (name: string, told: Scenario['told'], ready: Scenario['ready'], due: Scenario['due'], more: Partial<Scenario> = {}): Scenario =>
  ({ name, acting: 'tick', told, ready, due, act: () => Promise.resolve({ ok: true, data: null }), ...more })

const waitMs = 1_000
const repairScenarios: Scenario[] = [
  step('create', '新的报修待处理', [...desk, 'chen'], async () => 'the-one-request-of-it',
    (village, _, requestId, { wang }) => village.as('wang').call('repairs', 'create', { ...broken, photos: [wang], requestId }), { group: 1, rows: { repairs: 1, photo_checks: 1 } }),
  step('create an urgent one', '紧急报修待处理', [...desk, 'chen'], async () => 'the-one-request-of-it',
    (village, _, requestId) => village.as('wang').call('repairs', 'create', { ...broken, urgency: 'urgent', photos: [], requestId }), { group: 1, rows: { repairs: 1 } }),
  step('assign', '报修已派单', [...household, 'chen'], order('normal'), tap('he', 'assign', () => ({ technicianId: 'm-chen' }))),
  step('claim', '师傅已接单', household, order('normal'), tap('chen', 'claim')),
  step('claim what a neighbour follows', '师傅已接单', ['zhao'], followed, tap('chen', 'claim')),
  step('transfer', '报修已转单', [...household, ...desk, 'lu'], withColleague(order('normal', 'assign')), tap('chen', 'transfer', () => ({ technicianId: 'm-lu', note: '走不开' }))),
  step('return', '报修被退回', [...household, ...desk, 'chen', 'lu'], withColleague(order('normal', 'assign')), tap('chen', 'return', () => ({ note: '不会修' })), { group: 1 }),
  step('start', '维修已开始', household, order('normal', 'assign'), tap('chen', 'start')),
  step('hold', '报修已挂起', [...household, ...desk], order('normal', 'assign', 'start'), tap('chen', 'hold', () => ({ note: '等配件', until: daysFromNow(5) }))),
  step('resume', '报修继续处理', household, order('normal', 'assign', 'start', 'hold'), tap('chen', 'resume')),
  step('quote', '请确认维修报价', household, order('normal', 'assign', 'start'), tap('chen', 'quote', () => details.quote)),
  step('accept', '报价已同意', ['chen'], order('normal', 'assign', 'start', 'quote'), tap('wang', 'accept')),
  step('complete', '维修已完成', household, order('urgent', 'assign', 'start'), tap('chen', 'complete', ({ chen }) => ({ note: '换了阀芯', photos: [chen] })),
    { rows: { repair_revisits: 1, owed_gifts: 1, photo_checks: 1 } }),
  step('rate', '收到住户评价', ['chen'], order('normal', 'assign', 'start', 'complete'), tap('wang', 'rate', () => ({ stars: 2, tags: ['来得慢'] })), { rows: { repair_revisits: 1 } }),
  step('reopen', '住户要求返修', [...desk, 'chen'], order('normal', 'assign', 'start', 'complete'), tap('wang', 'reopen', ({ wang }) => ({ note: '又漏了', photos: [wang] })),
    { group: 1, rows: { photo_checks: 1 } }),
  step('urge', '住户催单', [...desk, 'chen'], order('normal', 'assign'), tap('wang', 'urge'), { group: 1 }),
  step('merge', '报修已合并', household, order('normal'), tap('he', 'merge', () => ({ intoId: 'r-village-gate' })), { rows: { followers: 0 } }),
  step('cancel', '报修已取消', [...household, 'chen'], order('normal', 'assign'), tap('he', 'cancel', () => ({ note: '整栋统一换管' }))),
  step('write', '报修有新留言', ['chen'], order('normal', 'assign'), tap('wang', 'sendMessage', () => ({ text: '几点来？' })), { rows: { repair_messages: 1 } }),
  dueByItself('wake', { '挂起到期，请继续': [...household, 'chen'] }, order('normal', 'assign', 'start', 'hold'), ({ heldUntil }) => heldUntil!.getTime() + waitMs),
  dueByItself('warn', { 报修快要超时: [...desk, 'chen'] }, order('urgent', 'assign'), ({ sla }) => sla!.warnAt!.getTime() + waitMs),
  dueByItself('escalate', { 报修需要督办: [...desk, 'chen'] }, order('urgent', 'assign'), ({ sla }) => sla!.dueAt!.getTime() + waitMs, { group: 1 }),
  dueByItself('escalate what nobody took', { 报修需要督办: desk }, order('normal'), ({ unassignedSince }) => unassignedSince!.getTime() + 15 * 60_000 + waitMs, { group: 1 }),
  dueByItself('close', { 报修已自动完成: household }, order('normal', 'assign', 'start', 'complete'), ({ completedAt }) => completedAt!.getTime() + 7 * 86_400_000 + waitMs),
]

export const scenarios: Scenario[] = [...repairScenarios, ...otherScenarios]
