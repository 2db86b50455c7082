// Orders of the village as rule tests need them: each brought to its status by those whose work it is.
import { AppError } from '../../cloudfunctions/_shared/errors'
import type { Caller } from '../../cloudfunctions/_shared/caller'
import type { Status, Step } from '../../cloudfunctions/repairs/contract'
import type { RepairOrder } from '../../cloudfunctions/repairs/repair'
import { usualSettings } from '../../cloudfunctions/repairs/settings'
import { submit, type Submission } from '../../cloudfunctions/repairs/submit'
import { closeUnconfirmed, take, type StepDetails } from '../../cloudfunctions/repairs/take'
import { callerNamed } from '../support/people'

/** A Tuesday. */
export const at = (time: string, day = '2026-11-24'): Date => new Date(`${day}T${time}:00+08:00`)
export const chen = { memberId: 'm-chen', name: '陈师傅' }
export const lu = { memberId: 'm-lu', name: '陆师傅' }

/** A second technician, whom the village does not have. */
export const otherTechnician = (): Caller => {
  const caller = callerNamed('chen')
  return { ...caller, openid: 'o-lu', member: { ...caller.member!, _id: 'm-lu', name: '陆师傅' } }
}
export const callerCalled = (key: string): Caller => (key === 'lu' ? otherTechnician() : callerNamed(key))
export const elsewhere = (key: string): Caller => {
  const caller = callerNamed(key)
  return { ...caller, post: { ...caller.post!, communityId: 'c-other' } }
}
export const inBuildings = (key: string, ...buildings: string[]): Caller => {
  const caller = callerNamed(key)
  return { ...caller, post: { ...caller.post!, buildings } }
}

export const submission: Submission = {
  repairId: 'r1', requestId: 'request-submit-1', houseId: 'h-3-2-501', category: 'plumbing', urgency: 'normal',
  description: '水龙头漏水', photos: ['cloud://a/1.jpg'],
}
export const submitted = (what: Partial<Submission> = {}): RepairOrder => submit({ ...submission, ...what }, callerNamed('wang'), usualSettings, at('09:00'))

let requests = 0
export const doStep = (repair: RepairOrder, step: Step, who: string, when: Date, details: Partial<StepDetails> = {}): RepairOrder =>
  take(repair, step, { requestId: `request-${(requests += 1)}`, ...details }, callerCalled(who), usualSettings, when)

export const orderIn = (status: Status, what: Partial<Submission> = {}): RepairOrder => {
  const order = submitted(what)
  const assigned = () => doStep(order, 'assign', 'he', at('09:10'), { requestId: 'request-assign-1', technician: chen })
  const started = () => doStep(assigned(), 'start', 'chen', at('10:00'))
  const completed = () => doStep(started(), 'complete', 'chen', at('11:00'), { note: '换了阀芯' })
  switch (status) {
    case 'submitted': return order
    case 'assigned': return assigned()
    case 'in_progress': return started()
    case 'on_hold': return doStep(started(), 'hold', 'chen', at('10:30'), { note: '等配件', until: at('00:00', '2026-11-26') })
    case 'quoted': return doStep(started(), 'quote', 'chen', at('10:30'), { lines: [{ name: '阀芯', priceFen: 5_000, quantity: 1 }] })
    case 'completed': return completed()
    case 'closed': return closeUnconfirmed(completed(), at('11:00', '2026-12-01'), at('11:00', '2026-12-01'))
    case 'cancelled': return doStep(order, 'cancel', 'wang', at('09:05'))
  }
}

export const refusal = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof AppError) return error.reason ?? error.code
    throw error
  }
  return 'allowed'
}
