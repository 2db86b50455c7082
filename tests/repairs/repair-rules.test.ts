import { AppError } from '../../cloudfunctions/_shared/errors'
import type { Status, Step } from '../../cloudfunctions/repairs/contract'
import { canSee, isRepeated, nextSteps, settlePhoto, submit, take, type RepairOrder, type Submission } from '../../cloudfunctions/repairs/repair'
import { callerNamed } from '../support/people'

const at = (time: string) => new Date(`2026-11-24T${time}:00+08:00`)
const chen = { memberId: 'm-chen', name: '陈师傅' }
const otherTechnician = () => {
  const caller = callerNamed('chen')
  return { ...caller, openid: 'o-lu', member: { ...caller.member!, _id: 'm-lu', name: '陆师傅' } }
}
const elsewhere = (key: string) => {
  const caller = callerNamed(key)
  return { ...caller, post: { ...caller.post!, communityId: 'c-other' } }
}

const submission: Submission = {
  repairId: 'r1', requestId: 'request-submit-1', houseId: 'h-3-2-501', category: 'plumbing', urgency: 'normal',
  description: '水龙头漏水', photos: ['cloud://a/1.jpg'],
}
const submitted = () => submit(submission, callerNamed('wang'), at('09:00'))

/** An order of wang's household brought to a status by those whose work it is. */
const orderIn = (status: Status): RepairOrder => {
  const order = submitted()
  const assigned = () => take(order, 'assign', { requestId: 'request-assign-1', technician: chen }, callerNamed('he'), at('09:10'))
  const started = () => take(assigned(), 'start', { requestId: 'request-start-01' }, callerNamed('chen'), at('10:00'))
  switch (status) {
    case 'submitted': return order
    case 'assigned': return assigned()
    case 'in_progress': return started()
    case 'completed': return take(started(), 'complete', { requestId: 'request-done-001', note: '换了阀芯' }, callerNamed('chen'), at('11:00'))
    case 'cancelled': return take(order, 'cancel', { requestId: 'request-cancel-1' }, callerNamed('wang'), at('09:05'))
  }
}
const refusal = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    if (error instanceof AppError) return error.reason ?? error.code
    throw error
  }
  return 'allowed'
}

describe('who may do what, when', () => {
  const everyStatus: Status[] = ['submitted', 'assigned', 'in_progress', 'completed', 'cancelled']
  const allowed: Record<string, Record<Status, Step[]>> = {
    wang: { submitted: ['cancel'], assigned: ['cancel'], in_progress: [], completed: [], cancelled: [] },
    li: { submitted: ['cancel'], assigned: ['cancel'], in_progress: [], completed: [], cancelled: [] },
    zhao: { submitted: [], assigned: [], in_progress: [], completed: [], cancelled: [] },
    stranger: { submitted: [], assigned: [], in_progress: [], completed: [], cancelled: [] },
    chen: { submitted: ['claim'], assigned: ['start'], in_progress: ['complete'], completed: [], cancelled: [] },
    he: { submitted: ['assign', 'cancel'], assigned: ['assign', 'cancel'], in_progress: [], completed: [], cancelled: [] },
    zhou: { submitted: ['assign', 'cancel'], assigned: ['assign', 'cancel'], in_progress: [], completed: [], cancelled: [] },
    qian: { submitted: [], assigned: [], in_progress: [], completed: [], cancelled: [] },
    sun: { submitted: [], assigned: [], in_progress: [], completed: [], cancelled: [] },
  }
  const table = Object.entries(allowed).flatMap(([who, byStatus]) => everyStatus.map((status) => [who, status, byStatus[status]] as const))

  it.each(table)('%s, order %s: %j', (who, status, steps) => {
    expect(nextSteps(orderIn(status), callerNamed(who))).toEqual(steps)
  })

  it('a technician who is not the assignee can neither start nor complete', () => {
    expect(nextSteps(orderIn('assigned'), otherTechnician())).toEqual([])
    expect(nextSteps(orderIn('in_progress'), otherTechnician())).toEqual([])
  })

  it.each(['chen', 'he', 'zhou'])('%s of another community can do nothing', (who) => {
    expect(nextSteps(orderIn('submitted'), elsewhere(who))).toEqual([])
  })
})

describe('every step from every status', () => {
  const doer: Record<Step, string> = { assign: 'he', claim: 'chen', start: 'chen', complete: 'chen', cancel: 'wang' }
  const table: [Step, Status, string][] = [
    ['assign', 'submitted', 'assigned'], ['assign', 'in_progress', 'REPAIR_NOT_ASSIGNABLE'], ['assign', 'completed', 'REPAIR_NOT_ASSIGNABLE'], ['assign', 'cancelled', 'REPAIR_NOT_ASSIGNABLE'],
    ['claim', 'submitted', 'assigned'], ['claim', 'assigned', 'REPAIR_ALREADY_CLAIMED'], ['claim', 'in_progress', 'REPAIR_ALREADY_CLAIMED'], ['claim', 'completed', 'REPAIR_ALREADY_CLAIMED'], ['claim', 'cancelled', 'REPAIR_ALREADY_CLAIMED'],
    ['start', 'submitted', 'FORBIDDEN'], ['start', 'assigned', 'in_progress'], ['start', 'in_progress', 'REPAIR_NOT_STARTABLE'], ['start', 'completed', 'REPAIR_NOT_STARTABLE'],
    ['complete', 'submitted', 'FORBIDDEN'], ['complete', 'assigned', 'REPAIR_NOT_COMPLETABLE'], ['complete', 'in_progress', 'completed'], ['complete', 'completed', 'REPAIR_NOT_COMPLETABLE'],
    ['cancel', 'submitted', 'cancelled'], ['cancel', 'assigned', 'cancelled'], ['cancel', 'in_progress', 'REPAIR_WORK_HAS_STARTED'], ['cancel', 'completed', 'REPAIR_WORK_HAS_STARTED'], ['cancel', 'cancelled', 'REPAIR_WORK_HAS_STARTED'],
  ]
  it.each(table)('%s when %s: %s', (step, status, outcome) => {
    const order = orderIn(status)
    const technician = step === 'assign' ? { technician: chen } : {}
    const run = () => take(order, step, { requestId: 'request-again-01', ...technician }, callerNamed(doer[step]), at('12:00'))
    expect(/^[A-Z]/.test(outcome) ? refusal(run) : run().status).toBe(outcome)
  })

  it('a manager can hand an assigned order to another technician, but not to the one who has it', () => {
    const order = orderIn('assigned')
    const handOn = (technician: { memberId: string; name: string }) =>
      take(order, 'assign', { requestId: 'request-assign-2', technician }, callerNamed('he'), at('09:30'))
    expect(handOn({ memberId: 'm-lu', name: '陆师傅' }).assignee).toEqual({ memberId: 'm-lu', name: '陆师傅' })
    expect(refusal(() => handOn(chen))).toBe('REPAIR_ALREADY_ASSIGNED')
  })

  it('a technician who lost the race hears that somebody else has it', () => {
    expect(refusal(() => take(orderIn('assigned'), 'claim', { requestId: 'request-claim-1' }, otherTechnician(), at('12:00')))).toBe('REPAIR_ALREADY_CLAIMED')
  })

  it.each(['zhao', 'stranger', 'qian', 'sun'])("%s cannot tell another household's order from one that does not exist", (who) => {
    expect(refusal(() => take(orderIn('submitted'), 'cancel', { requestId: 'request-cancel-1' }, callerNamed(who), at('12:00')))).toBe('NOT_FOUND')
  })

  it('an order handed on forty times is for people to talk about', () => {
    let order = orderIn('submitted')
    for (let i = 0; order.timeline.length < 40; i += 1) {
      const technician = { memberId: `m-${i % 2}`, name: '师傅' }
      order = take(order, 'assign', { requestId: `request-assign-${i}`, technician }, callerNamed('he'), at('09:30'))
    }
    expect(refusal(() => take(order, 'start', { requestId: 'request-start-01' }, { ...callerNamed('chen'), member: { ...callerNamed('chen').member!, _id: 'm-0' } }, at('10:00')))).toBe('REPAIR_TIMELINE_FULL')
  })
})

describe('what an order becomes', () => {
  it('a new order waits, in its household’s list and on the desk', () => {
    expect(submitted()).toMatchObject({
      _id: 'r1', version: 1, communityId: 'c-lihua', houseId: 'h-3-2-501', houseLabel: '3号楼2单元501', status: 'submitted', stage: 'waiting',
      isOpen: true, assignee: null, contact: { memberId: 'm-wang', name: '王秀英', maskedPhone: '138****5010' },
      photos: [{ fileId: 'cloud://a/1.jpg', check: 'pending' }],
      orderKey: '2026-11-24T01:00:00.000Z_r1', queueKey: '1_2026-11-24T01:00:00.000Z_r1',
    })
  })

  it("a house that is not the caller's does not exist for them", () => {
    expect(refusal(() => submit({ ...submission, houseId: 'h-1-1-201' }, callerNamed('wang'), at('09:00')))).toBe('NOT_FOUND')
  })

  it('an urgent order stands before every normal one', () => {
    const urgent = submit({ ...submission, urgency: 'urgent' }, callerNamed('wang'), at('18:00'))
    expect(urgent.queueKey < submitted().queueKey).toBe(true)
  })

  it('each step adds one row that says who, when and what, and leaves the order before it as it was', () => {
    const before = orderIn('in_progress')
    const after = take(before, 'complete', { requestId: 'request-done-001', note: '换了阀芯', photos: ['cloud://a/2.jpg'] }, callerNamed('chen'), at('11:00'))
    expect(before.timeline).toHaveLength(3)
    expect(after).toMatchObject({ version: 4, status: 'completed', stage: 'done', isOpen: false, queueKey: '2026-11-24T03:00:00.000Z_r1' })
    expect(after.timeline[3]).toEqual({
      step: 'complete', status: 'completed', at: at('11:00'), by: { memberId: 'm-chen', name: '陈师傅', role: 'technician' },
      assigneeName: null, note: '换了阀芯', photos: [{ fileId: 'cloud://a/2.jpg', check: 'pending' }], requestId: 'request-done-001',
    })
  })

  it('the same request is recognised, another one is not', () => {
    expect(isRepeated(orderIn('assigned'), 'assign', 'request-assign-1')).toBe(true)
    expect(isRepeated(orderIn('assigned'), 'assign', 'request-assign-2')).toBe(false)
    expect(isRepeated(orderIn('assigned'), 'start', 'request-assign-1')).toBe(false)
  })

  it('a technician sees what nobody has taken and his own, not a colleague’s', () => {
    expect(canSee(orderIn('submitted'), otherTechnician())).toBe(true)
    expect(canSee(orderIn('assigned'), otherTechnician())).toBe(false)
    expect(canSee(orderIn('completed'), callerNamed('chen'))).toBe(true)
  })

  it('a photo’s verdict marks that photo alone, wherever it is', () => {
    const done = take(orderIn('in_progress'), 'complete', { requestId: 'request-done-001', note: '好了', photos: ['cloud://a/2.jpg'] }, callerNamed('chen'), at('11:00'))
    const settled = settlePhoto(done, 'cloud://a/2.jpg', 'risky')
    expect(settled.photos).toEqual([{ fileId: 'cloud://a/1.jpg', check: 'pending' }])
    expect(settled.timeline[3]!.photos).toEqual([{ fileId: 'cloud://a/2.jpg', check: 'risky' }])
  })
})
