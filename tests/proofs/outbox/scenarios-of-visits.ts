import { shanghaiDay } from '../../../cloudfunctions/_shared/clock'
import type { Slot } from '../../../cloudfunctions/repairs/contract'
import { communityId } from '../../../simulator/seed/villagers'
import type { Village } from '../../support/village'
import { afterwards, broken, daysFromNow, desk, dueByItself, household, newOrder, order, step, tap, withColleague } from './orders'
import type { Scenario } from './scenario'

/** Hours in which 陈师傅 is on duty and goes nowhere yet. Of one moment, so that a long run asks for the same ones all the time. */
const inDays = (days: number, from: string, to: string): Slot => ({ day: shanghaiDay(new Date(Date.now() + days * 86_400_000)), from, to })
const [soon, agreed, later] = [inDays(2, '13:30', '17:30'), inDays(4, '13:30', '17:30'), inDays(5, '17:30', '20:00')]

const visit = (...steps: Parameters<typeof order>[1][]) => order({ slot: agreed }, ...steps)

/** A second technician, on duty all the days ahead. */
const withColleagueOnDuty = (ready: Scenario['ready']): Scenario['ready'] => async (village: Village, photos) => {
  await village.store('duty_shifts', {
    _id: 'd-of-lu', schema: 1, communityId, memberId: 'm-lu', name: 'lu', categories: null, buildings: null,
    startsAt: new Date(Date.now() - 3_600_000), endsAt: new Date(Date.now() + 10 * 86_400_000),
  })
  return withColleague(ready)(village, photos)
}

const dispatched = { settings: { dispatch: 'auto' } } as const

/** 陆师傅 has an order with a visit when he stops being a technician; 陈师傅 can make it instead. */
const removal = (name: string, told: Scenario['told'], more: Partial<Scenario>): Scenario => ({
  name, acting: 'members', told: { 您的岗位有变化: ['lu'], 报修等待重新派单: [...household, ...desk, 'chen'], ...told }, rows: { audits: 1, visit_seats: 0 },
  ready: withColleagueOnDuty(async (village) => {
    const repairId = await visit()(village)
    await village.as('he').get('repairs', 'assign', { repairId, technicianId: 'm-lu', requestId: 'given-to-who-leaves' })
    return repairId
  }),
  act: (village, _, requestId) => village.as('he').call('members', 'removeStaff', { requestId, memberId: 'm-lu' }),
  ...more,
})

export const visitScenarios: Scenario[] = [
  step('create with hours', '新的报修待处理', [...desk, 'chen'], newOrder,
    (village, _, requestId) => village.as('wang').call('repairs', 'create', { ...broken, slot: agreed, requestId }), { group: 1, rows: { repairs: 1, visit_seats: 1 } }),
  step('create the last visit of its hours', '新的报修待处理', [...desk, 'chen'],
    async (village) => {
      await village.as('wang').get('repairs', 'create', { ...broken, slot: agreed, requestId: 'the-visit-before-it' })
      return newOrder()
    },
    (village, _, requestId) => village.as('wang').call('repairs', 'create', { ...broken, slot: agreed, requestId }), { group: 1, rows: { repairs: 1, visit_seats: 1 } }),
  step('reschedule by the household', '上门时间已改', ['chen'], visit('assign'), tap('li', 'reschedule', () => ({ slot: later })), { rows: { visit_seats: 0 } }),
  step('reschedule what nobody took', '上门时间已改', [...desk, 'chen'], visit(), tap('wang', 'reschedule', () => ({ slot: later })), { rows: { visit_seats: 0 } }),
  step('reschedule by the technician', '上门时间已改', household, visit('assign'), tap('chen', 'reschedule', () => ({ slot: later })), { rows: { visit_seats: 0 } }),
  step('agree on a first visit', '上门时间已改', [...household, 'chen'], order({}, 'assign'), tap('zhou', 'reschedule', () => ({ slot: agreed })), { rows: { visit_seats: 1 } }),
  step('claim a visit', '师傅已接单', household, visit(), tap('chen', 'claim'), { rows: { visit_seats: 0 } }),
  step('assign a visit to somebody else', '报修已派单', [...household, 'lu'], withColleague(visit()), tap('he', 'assign', () => ({ technicianId: 'm-lu' })), { rows: { visit_seats: 0 } }),
  step('transfer a visit', '报修已转单', [...household, ...desk, 'lu'], withColleague(visit('assign')), tap('chen', 'transfer', () => ({ technicianId: 'm-lu', note: '走不开' })),
    { rows: { visit_seats: 0 } }),
  step('return a visit', '报修被退回', [...household, ...desk, 'chen'], visit('assign'), tap('chen', 'return', () => ({ note: '不会修' })), { group: 1, rows: { visit_seats: -1 } }),
  step('hold past a visit', '报修已挂起', [...household, ...desk], visit('assign'), tap('chen', 'hold', () => ({ note: '等配件', until: daysFromNow(8) })), { rows: { visit_seats: -1 } }),
  step('cancel a visit', '报修已取消', ['chen'], visit('assign'), tap('wang', 'cancel'), { rows: { visit_seats: -1 } }),
  dueByItself('remind', { 上门提醒: [...household, 'chen'] }, order({ slot: soon }, 'assign'), (repair) => afterwards(repair.visit!.remindAt!)),

  step('create where orders are dispatched', '新的报修待处理', [...desk, 'chen'], newOrder,
    (village, _, requestId) => village.as('wang').call('repairs', 'create', { ...broken, slot: agreed, requestId }),
    { ...dispatched, told: { 新的报修待处理: [...desk, 'chen'], 报修已派单: [...household, 'chen'] }, group: 1, rows: { repairs: 1, visit_seats: 1 } }),
  step('return where orders are dispatched', '', [], withColleagueOnDuty(visit('assign')), tap('chen', 'return', () => ({ note: '不会修' })),
    { ...dispatched, told: { 报修被退回: [...household, ...desk, 'chen', 'lu'], 报修已派单: [...household, 'lu'] }, group: 1, rows: { visit_seats: 0 } }),
  removal('take the post of a technician who has work', {}, { group: 1 }),
  removal('take the post of a technician where orders are dispatched', { 报修已派单: [...household, 'chen'] }, { ...dispatched, group: 1 }),
]
