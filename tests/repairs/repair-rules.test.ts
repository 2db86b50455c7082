import { status as statuses, step as everyStep, type Status, type Step } from '../../cloudfunctions/repairs/contract'
import { isRepeated, settlePhoto } from '../../cloudfunctions/repairs/repair'
import { isInside, waitsFor } from '../../cloudfunctions/repairs/repair-access'
import { usualSettings } from '../../cloudfunctions/repairs/settings'
import { submit } from '../../cloudfunctions/repairs/submit'
import { tellingOf } from '../../cloudfunctions/repairs/repair-notices'
import { leaveBehind, type StepDetails } from '../../cloudfunctions/repairs/take'
import { nextSteps, transitions } from '../../cloudfunctions/repairs/transitions'
import { callerNamed } from '../support/people'
import { at, callerCalled, chen, doStep, elsewhere, inBuildings, lu, orderIn, otherTechnician, refusal, submission, submitted } from './orders'

/** An hour after everything in `orders.ts` has happened; the closed order was closed a week later. */
const laterThan = (status: Status) => (status === 'closed' ? at('12:00', '2026-12-01') : at('12:00'))

describe('who may do what, when', () => {
  const household: Partial<Record<Status, Step[]>> = {
    submitted: ['urge', 'prioritize', 'reschedule', 'cancel'], assigned: ['urge', 'prioritize', 'reschedule', 'cancel'], on_hold: ['urge'], quoted: ['accept', 'decline'],
    completed: ['confirm', 'rate', 'reopen'], closed: ['rate'],
  }
  const dispatcher: Partial<Record<Status, Step[]>> = {
    submitted: ['assign', 'prioritize', 'reschedule', 'merge', 'cancel'], assigned: ['assign', 'hold', 'prioritize', 'reschedule', 'merge', 'cancel'], in_progress: ['hold'], on_hold: ['resume'],
  }
  const allowed: Record<string, Partial<Record<Status, Step[]>>> = {
    wang: household,
    li: household,
    zhao: {},
    stranger: {},
    chen: {
      submitted: ['claim'], assigned: ['arrive', 'start', 'record', 'quote', 'hold', 'transfer', 'return', 'reschedule'],
      in_progress: ['record', 'quote', 'complete', 'hold', 'transfer', 'return'], on_hold: ['resume'],
    },
    lu: { submitted: ['claim'] },
    he: dispatcher,
    zhou: dispatcher,
    qian: {},
    sun: {},
  }
  const table = Object.entries(allowed).flatMap(([who, byStatus]) => statuses.options.map((status) => [who, status, byStatus[status] ?? []] as const))

  it.each(table)('%s, order %s: %j', (who, status, steps) => {
    expect(nextSteps(orderIn(status), callerCalled(who), laterThan(status))).toEqual(steps)
  })

  it.each(['chen', 'he', 'zhou'])('%s of another community can do nothing', (who) => {
    expect(nextSteps(orderIn('submitted'), elsewhere(who), at('12:00'))).toEqual([])
  })

  it.each(['chen', 'he', 'zhou'])('%s, whose post is of other buildings, can do nothing and does not see it', (who) => {
    expect(nextSteps(orderIn('submitted'), inBuildings(who, '1', '2'), at('12:00'))).toEqual([])
    expect(isInside(orderIn('submitted'), inBuildings(who, '1', '2'))).toBe(false)
    expect(nextSteps(orderIn('submitted'), inBuildings(who, '3'), at('12:00'))).not.toEqual([])
  })

  it('whoever works here cannot rate what was done at their own home', () => {
    const wang = callerNamed('wang')
    const employed = { ...wang, post: callerNamed('qian').post }
    expect(nextSteps(orderIn('completed'), employed, at('12:00'))).toEqual(['confirm', 'reopen'])
  })
})

describe('every step from every status', () => {
  const doer: Record<Step, string> = {
    assign: 'he', claim: 'lu', start: 'chen', complete: 'chen', cancel: 'wang', arrive: 'chen', record: 'chen', quote: 'chen', hold: 'chen', resume: 'chen',
    transfer: 'chen', return: 'chen', accept: 'wang', decline: 'wang', confirm: 'wang', rate: 'wang', reopen: 'wang', urge: 'wang', prioritize: 'wang',
    summarize: 'he', merge: 'he', reschedule: 'wang',
  }
  /** Where a step leads from each status, in the order of `statuses`; what is not here is refused. */
  const outcomes: Record<Step, Partial<Record<Status, Status>>> = {
    assign: { submitted: 'assigned', assigned: 'assigned' },
    claim: { submitted: 'assigned' },
    arrive: { assigned: 'assigned' },
    start: { assigned: 'in_progress' },
    record: { assigned: 'assigned', in_progress: 'in_progress' },
    quote: { assigned: 'quoted', in_progress: 'quoted' },
    complete: { in_progress: 'completed' },
    hold: { assigned: 'on_hold', in_progress: 'on_hold' },
    resume: { on_hold: 'in_progress' },
    transfer: { assigned: 'assigned', in_progress: 'assigned' },
    return: { assigned: 'submitted', in_progress: 'submitted' },
    accept: { quoted: 'in_progress' },
    decline: { quoted: 'in_progress' },
    confirm: { completed: 'closed' },
    rate: { completed: 'closed', closed: 'closed' },
    reopen: { completed: 'assigned' },
    urge: { submitted: 'submitted', assigned: 'assigned', on_hold: 'on_hold' },
    prioritize: { submitted: 'submitted', assigned: 'assigned' },
    summarize: { submitted: 'submitted', assigned: 'assigned', in_progress: 'in_progress', on_hold: 'on_hold', quoted: 'quoted' },
    merge: { submitted: 'closed', assigned: 'closed' },
    reschedule: { submitted: 'submitted', assigned: 'assigned' },
    cancel: { submitted: 'cancelled', assigned: 'cancelled' },
  }
  const details = (step: Step): Partial<StepDetails> => ({
    ...((step === 'assign' || step === 'transfer') && { technician: lu }), ...(step === 'hold' && { note: '等配件', until: at('00:00', '2026-11-28') }),
    ...(step === 'quote' && { lines: [{ name: '阀芯', priceFen: 100, quantity: 1 }] }), ...(step === 'rate' && { stars: 5 }),
    ...(step === 'prioritize' && { urgency: 'urgent' as const }), ...(step === 'summarize' && { description: '厨房漏水' }),
    ...(step === 'reschedule' && { slot: { day: '2026-11-26', from: '13:30', to: '17:30' }, comers: null }),
    ...(step === 'merge' && { into: { ...submitted(), _id: 'r2' } }),
  })
  const voiced = { voice: { fileId: 'cloud://a/voice.mp3', seconds: 8 } }
  const table = everyStep.options.flatMap((step) => statuses.options.map((status) => [step, status, outcomes[step][status] ?? 'refused'] as const))

  it.each(table)('%s when %s: %s', (step, status, outcome) => {
    const order = orderIn(status, voiced)
    const run = () => doStep(order, step, doer[step], laterThan(status), details(step))
    if (outcome !== 'refused') expect(run().status).toBe(outcome)
    // Whoever took it no longer has it once it was finished or never taken, which is as good a reason.
    else expect([transitions[step].reason, 'FORBIDDEN', 'NOT_FOUND']).toContain(refusal(run))
  })

  it('a manager can hand an assigned order to another technician, but not to the one who has it', () => {
    const order = orderIn('assigned')
    expect(doStep(order, 'assign', 'he', at('09:30'), { technician: lu }).assignee).toEqual(lu)
    expect(refusal(() => doStep(order, 'assign', 'he', at('09:30'), { technician: chen }))).toBe('REPAIR_ALREADY_ASSIGNED')
  })

  it('a technician who lost the race hears that somebody else has it', () => {
    expect(refusal(() => doStep(orderIn('assigned'), 'claim', 'lu', at('12:00')))).toBe('REPAIR_ALREADY_CLAIMED')
  })

  it.each(['zhao', 'stranger', 'qian', 'sun'])("%s cannot tell another household's order from one that does not exist", (who) => {
    expect(refusal(() => doStep(orderIn('submitted'), 'cancel', who, at('12:00')))).toBe('NOT_FOUND')
  })

  it('an order that sixty things happened to is for people to talk about', () => {
    let order = orderIn('submitted')
    for (let i = 0; order.timeline.length < 60; i += 1) order = doStep(order, 'assign', 'he', at('09:30'), { technician: i % 2 === 0 ? lu : chen })
    expect(refusal(() => doStep(order, 'assign', 'he', at('10:00'), { technician: { memberId: 'm-3', name: '师傅' } }))).toBe('REPAIR_TIMELINE_FULL')
  })
})

describe('an order whose technician works there no more', () => {
  const left = (order: ReturnType<typeof orderIn>, comers = [lu]) => leaveBehind(order, comers, usualSettings, laterThan(order.status))
  const outcomes: Partial<Record<Status, Status>> = {
    submitted: 'submitted', assigned: 'submitted', in_progress: 'submitted', on_hold: 'submitted', quoted: 'submitted',
  }

  it.each(statuses.options.map((status) => [status, outcomes[status] ?? 'left alone'] as const))('return by the system when %s: %s', (status, outcome) => {
    const order = orderIn(status)
    const after = left(order)
    if (outcome === 'left alone') return expect(after).toBe(order)
    expect(after).toMatchObject({
      status: outcome, stage: 'waiting', isOpen: true, assignee: null, interrupted: null, heldUntil: null, holdReason: null, arrivedAt: null,
      unassignedSince: at('12:00'), unassignedToldAt: null, version: order.version + 1, watchId: `watch_r1_${order.version + 1}`,
    })
    expect(after.timeline).toEqual([...order.timeline, {
      step: 'return', status: 'submitted', at: at('12:00'), by: { memberId: '', name: '系统', role: 'system' }, assigneeName: null,
      note: '师傅已离职/调岗，等待重新派单', photos: [], requestId: `left-${order.version}`,
    }])
    expect([after.photos, after.quotation, after.people]).toEqual([order.photos, order.quotation, order.people])
    expect(nextSteps(after, callerCalled('he'), at('12:00'))).toContain('assign')
  })

  it('is not given back by a person from where only the system does', () => {
    for (const status of ['submitted', 'on_hold', 'quoted'] as const) expect(refusal(() => doStep(orderIn(status), 'return', 'chen', at('12:00')))).not.toBe('allowed')
  })

  it('keeps its deadline; a hold ends with it, and the time on hold is not counted', () => {
    expect(left(orderIn('in_progress')).sla).toEqual(orderIn('in_progress').sla)
    expect(left(orderIn('on_hold')).sla).toMatchObject({ dueAt: at('10:30', '2026-11-27') })
  })

  it('keeps what the household agreed to pay, and tells them so', () => {
    const accepted = doStep(orderIn('quoted'), 'accept', 'wang', at('11:00'))
    expect(left(accepted)).toMatchObject({ status: 'submitted', quotation: { state: 'accepted', totalFen: 5_000 } })
    expect(tellingOf(left(accepted)).notices.map(({ audience, body }) => [audience.to, body])).toEqual([
      ['house', '您的报修正在重新安排师傅，您同意的报价不变'], ['staff', '3号楼2单元501的师傅已离职或调岗，请重新派单'],
    ])
    const again = doStep(doStep(left(accepted), 'assign', 'he', at('13:00'), { technician: lu }), 'start', 'lu', at('13:30'))
    expect(doStep(again, 'complete', 'lu', at('14:00'), { note: '好了' }).charges).toMatchObject({ totalFen: 5_000 })
  })

  it('costs nothing that was only quoted: whoever takes it over asks again', () => {
    const again = doStep(doStep(left(orderIn('quoted')), 'assign', 'he', at('13:00'), { technician: lu }), 'start', 'lu', at('13:30'))
    expect(refusal(() => doStep(again, 'complete', 'lu', at('14:00'), { note: '好了', lines: [{ name: '阀芯', priceFen: 5_000, quantity: 1 }] }))).toBe('REPAIR_NOT_QUOTED')
    expect(doStep(again, 'complete', 'lu', at('14:00'), { note: '好了' }).charges).toBeNull()
  })

  it('that is reopened goes to the desk, not to whoever is gone', () => {
    const again = doStep(orderIn('completed'), 'reopen', 'wang', at('12:00'), { note: '又漏了', hasLeft: true })
    expect(again).toMatchObject({ status: 'submitted', stage: 'waiting', assignee: null, unassignedSince: at('12:00'), reopenCount: 1 })
    expect(again.timeline.at(-1)).toMatchObject({ step: 'reopen', status: 'submitted' })
    expect(tellingOf(again).notices.map(({ audience }) => audience.to)).toEqual(['staff'])
  })
})

describe('a household', () => {
  it('can urge once in 24 hours', () => {
    const urged = doStep(orderIn('submitted'), 'urge', 'wang', at('12:00'))
    expect(refusal(() => doStep(urged, 'urge', 'li', at('11:59', '2026-11-25')))).toBe('REPAIR_URGED_TODAY')
    expect(doStep(urged, 'urge', 'li', at('12:00', '2026-11-25')).urgedAt).toEqual(at('12:00', '2026-11-25'))
  })

  it('can cancel what is on hold only while nobody has begun', () => {
    const until = at('00:00', '2026-11-26')
    const before = doStep(orderIn('assigned'), 'hold', 'chen', at('09:30'), { note: '住户出差', until })
    expect(doStep(before, 'cancel', 'wang', at('09:40')).status).toBe('cancelled')
    expect(refusal(() => doStep(orderIn('on_hold'), 'cancel', 'wang', at('11:00')))).toBe('REPAIR_WORK_HAS_STARTED')
  })

  it('can reopen once, within seven days to the minute, and the same technician has it again', () => {
    const done = orderIn('completed')
    const again = doStep(done, 'reopen', 'wang', at('11:00', '2026-12-01'), { note: '又漏了', photos: ['cloud://a/3.jpg'] })
    expect(again).toMatchObject({ status: 'assigned', stage: 'working', assignee: chen, reopenCount: 1, completedAt: null })
    expect(refusal(() => doStep(done, 'reopen', 'wang', at('11:01', '2026-12-01'), { note: '又漏了' }))).toBe('REPAIR_NOT_REOPENABLE')
    const doneAgain = doStep(doStep(again, 'start', 'chen', at('12:00', '2026-12-01')), 'complete', 'chen', at('13:00', '2026-12-01'), { note: '换了整个龙头' })
    expect(refusal(() => doStep(doneAgain, 'reopen', 'wang', at('14:00', '2026-12-01'), { note: '还漏' }))).toBe('REPAIR_NOT_REOPENABLE')
  })

  it('can change its stars within seven days of the first, not later', () => {
    const rated = doStep(orderIn('completed'), 'rate', 'wang', at('12:00'), { stars: 2, tags: ['来得慢'] })
    expect(rated).toMatchObject({ status: 'closed', rating: { stars: 2, tags: ['来得慢'], at: at('12:00') } })
    const better = doStep(rated, 'rate', 'li', at('12:00', '2026-12-01'), { stars: 4 })
    expect(better.rating).toEqual({ stars: 4, tags: [], note: '', at: at('12:00') })
    expect(refusal(() => doStep(better, 'rate', 'wang', at('12:01', '2026-12-01'), { stars: 5 }))).toBe('REPAIR_NOT_RATEABLE')
  })

  it('can rate for a week what closed by itself', () => {
    expect(doStep(orderIn('closed'), 'rate', 'wang', at('11:00', '2026-12-08'), { stars: 5 }).rating!.stars).toBe(5)
    expect(refusal(() => doStep(orderIn('closed'), 'rate', 'wang', at('11:01', '2026-12-08'), { stars: 5 }))).toBe('REPAIR_NOT_RATEABLE')
  })
})

describe('an order on hold', () => {
  it('goes back to where it was, with a promise of a date within sixty days', () => {
    expect(doStep(orderIn('on_hold'), 'resume', 'he', at('12:00'))).toMatchObject({ status: 'in_progress', heldUntil: null, holdReason: null })
    const hold = (until: Date) => refusal(() => doStep(orderIn('assigned'), 'hold', 'chen', at('12:00'), { note: '等', until }))
    expect([at('00:00'), at('00:00', '2026-11-25'), at('00:00', '2027-01-23'), at('00:00', '2027-01-24')].map(hold)).toEqual(['INVALID_INPUT', 'allowed', 'allowed', 'INVALID_INPUT'])
  })
})

describe('a merged order', () => {
  it('points to the other, and cannot be merged into itself or what is finished', () => {
    const into = { ...submitted(), _id: 'r2' }
    expect(doStep(orderIn('submitted'), 'merge', 'zhou', at('10:00'), { into })).toMatchObject({ status: 'closed', mergedInto: 'r2', isOpen: false })
    expect(refusal(() => doStep(orderIn('submitted'), 'merge', 'zhou', at('10:00'), { into: submitted() }))).toBe('INVALID_INPUT')
    expect(refusal(() => doStep(orderIn('submitted'), 'merge', 'zhou', at('10:00'), { into: { ...orderIn('cancelled'), _id: 'r2' } }))).toBe('REPAIR_MERGED_INTO_FINISHED')
  })
})

describe('what an order becomes', () => {
  it('a new order waits, in its household’s list and on the desk', () => {
    expect(submitted()).toMatchObject({
      _id: 'r1', schema: 4, version: 1, communityId: 'c-lihua', houseId: 'h-3-2-501', houseLabel: '3号楼2单元501', building: '3', status: 'submitted', stage: 'waiting',
      isOpen: true, assignee: null, contact: { memberId: 'm-wang', name: '王秀英', maskedPhone: '138****5010', phone: null }, textCheck: 'pending',
      photos: [{ fileId: 'cloud://a/1.jpg', check: 'pending' }], publicKey: null, unassignedSince: at('09:00'), watchId: 'watch_r1_1',
      orderKey: '2026-11-24T01:00:00.000Z_r1', queueKey: '1_2026-11-24T01:00:00.000Z_r1', overdueKey: '2026-11-27T01:00:00.000Z_r1',
    })
  })

  it("a house that is not the caller's, or where they may not report, does not exist for them", () => {
    expect(refusal(() => submitted({ houseId: 'h-1-1-201' }))).toBe('NOT_FOUND')
    const wang = callerNamed('wang')
    const guest = { ...wang, houses: wang.houses.map((house) => ({ ...house, scopes: [] })) }
    expect(refusal(() => submit(submission, guest, usualSettings, at('09:00')))).toBe('NOT_FOUND')
  })

  it('without words there must be a voice', () => {
    expect(refusal(() => submitted({ description: '' }))).toBe('INVALID_INPUT')
    expect(submitted({ description: '', voice: { fileId: 'cloud://a/v.mp3', seconds: 9 } }).voice).toEqual({ fileId: 'cloud://a/v.mp3', seconds: 9 })
  })

  it('an urgent order stands before every normal one', () => {
    const urgent = submit({ ...submission, urgency: 'urgent' }, callerNamed('wang'), usualSettings, at('18:00'))
    expect(urgent.queueKey < submitted().queueKey).toBe(true)
  })

  it('a technician’s day is in the order of deadlines, what is on hold behind it', () => {
    const urgent = doStep(submitted({ urgency: 'urgent' }), 'claim', 'chen', at('12:00'))
    const keys = [urgent, orderIn('assigned'), orderIn('on_hold')].map(({ queueKey }) => queueKey)
    expect([...keys].sort()).toEqual(keys)
  })

  it('each step adds one row that says who, when and what, and leaves the order before it as it was', () => {
    const before = orderIn('in_progress')
    const after = doStep(before, 'complete', 'chen', at('11:00'), { requestId: 'request-done-001', note: '换了阀芯', photos: ['cloud://a/2.jpg'] })
    expect(before.timeline).toHaveLength(3)
    expect(after).toMatchObject({ version: 4, status: 'completed', stage: 'done', isOpen: true, queueKey: '2026-11-24T03:00:00.000Z_r1', overdueKey: null })
    expect(after.timeline[3]).toEqual({
      step: 'complete', status: 'completed', at: at('11:00'), by: { memberId: 'm-chen', name: '陈师傅', role: 'technician' },
      assigneeName: null, note: '换了阀芯', photos: [{ fileId: 'cloud://a/2.jpg', check: 'pending' }], requestId: 'request-done-001',
    })
  })

  it('the same request of the same person is recognised, another one is not', () => {
    expect(isRepeated(orderIn('assigned'), 'assign', 'request-assign-1', 'm-he')).toBe(true)
    expect(isRepeated(orderIn('assigned'), 'assign', 'request-assign-2', 'm-he')).toBe(false)
    expect(isRepeated(orderIn('assigned'), 'start', 'request-assign-1', 'm-he')).toBe(false)
    expect(isRepeated(orderIn('assigned'), 'assign', 'request-assign-1', 'm-zhou')).toBe(false)
  })

  it('a technician sees what nobody has taken and his own, not a colleague’s', () => {
    expect(isInside(orderIn('submitted'), otherTechnician())).toBe(true)
    expect(isInside(orderIn('assigned'), otherTechnician())).toBe(false)
    expect(isInside(orderIn('completed'), callerNamed('chen'))).toBe(true)
  })

  it('a photo’s verdict marks that photo alone, wherever it is', () => {
    const done = doStep(orderIn('in_progress'), 'complete', 'chen', at('11:00'), { note: '好了', photos: ['cloud://a/2.jpg'] })
    const settled = settlePhoto(done, 'cloud://a/2.jpg', 'risky')
    expect(settled.photos).toEqual([{ fileId: 'cloud://a/1.jpg', check: 'pending' }])
    expect(settled.timeline[3]!.photos).toEqual([{ fileId: 'cloud://a/2.jpg', check: 'risky' }])
  })

  it.each([
    ['submitted', 'desk'], ['assigned', 'technician'], ['in_progress', 'technician'], ['on_hold', 'technician'], ['quoted', 'household'],
    ['completed', 'household'], ['closed', null], ['cancelled', null],
  ] as const)('when %s, it waits for %s', (status, who) => {
    expect(waitsFor(orderIn(status))).toBe(who)
  })
})
