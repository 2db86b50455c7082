import { memberOf, type Caller } from '../_shared/caller'
import { readConfiguration } from '../_shared/configuration'
import type { Input, Output } from '../_shared/contract'
import { inTransaction } from '../_shared/db'
import { conflict, invalid, notFound } from '../_shared/errors'
import { followIn } from '../_shared/follower'
import { members } from '../_shared/member'
import type { Situation } from '../_shared/serve'
import { requireOwnFiles } from '../_shared/storage'
import { issueIn } from '../billing/issue'
import type { RepairsContract, Step } from './contract'
import { chargedOf } from './charging'
import { chooseTechnician } from './choosing'
import { worksAsTechnician } from './duty'
import { isRepeated, type Assignee, type RepairOrder } from './repair'
import { isInside } from './repair-access'
import { feature } from './repair-request'
import * as repository from './repository'
import { saveEvent } from './save'
import { rosterOf, settleSeat } from './seats'
import { settingsOf, usualSettings } from './settings'
import { instantOf } from './sla'
import { take, type StepDetails } from './take'
import { comersFor, visitedOf } from './visit'

type In<A extends keyof RepairsContract> = Required<Input<RepairsContract, A>>
type Out<A extends keyof RepairsContract> = Output<RepairsContract, A>

/** Steps whose rule needs deadlines, working hours or prices; the others are spared the reading. */
const needsSettings: Step[] = ['resume', 'reopen', 'prioritize', 'reschedule', 'quote', 'complete']

/** Loads, decides and saves in one transaction, with what is owed for it; the same request again only answers. */
const takeStep = async (step: Step, repairId: string, details: StepDetails, { caller, now }: Situation) => {
  requireOwnFiles(details.photos ?? [], feature, caller)
  const repair = await inTransaction(async (transaction) => {
    const before = await repository.loadIn(transaction, repairId)
    if (!before) throw notFound('张报修单')
    // Whoever handed it on is not inside any more, and must hear that it is done.
    if (isRepeated(before, step, details.requestId, memberOf(caller)._id)) return before
    const settings = needsSettings.includes(step) ? settingsOf(await readConfiguration(before.communityId)) : usualSettings
    const hasLeft = step === 'reopen' && before.assignee !== null && !worksAsTechnician(await transaction.get(members, before.assignee.memberId), before)
    const after = await settleSeat(transaction, before, take(before, step, { ...details, hasLeft }, caller, settings, now), details.comers)
    if (after.mergedInto && after.houseId) {
      await followIn(transaction, { subjectId: after.mergedInto, houseId: after.houseId, memberId: after.contact.memberId ?? '', at: now })
    }
    await saveEvent(transaction, after, caller.openid, now, hasLeft ? null : before)
    const charged = step === 'complete' ? chargedOf(after) : null
    if (charged) await issueIn(transaction, charged, now)
    return after
  })
  return { repairId, status: repair.status }
}

/** A step that needs nothing but what the phone sends. */
const simple = (step: Step) => ({ repairId, ...details }: { repairId: string } & StepDetails, situation: Situation): Promise<Out<'claim'>> =>
  takeStep(step, repairId, details, situation)

export const urge = simple('urge')
export const cancel = simple('cancel')
export const accept = simple('accept')
export const decline = simple('decline')
export const confirm = simple('confirm')
export const rate = simple('rate')
export const reopen = simple('reopen')
export const claim = simple('claim')
export const giveBack = simple('return')
export const resume = simple('resume')
export const arrive = simple('arrive')
export const start = simple('start')
export const record = simple('record')
export const quote = simple('quote')
export const complete = simple('complete')
export const prioritize = simple('prioritize')
export const summarize = simple('summarize')

export const hold = ({ repairId, until, ...details }: In<'hold'>, situation: Situation): Promise<Out<'hold'>> =>
  takeStep('hold', repairId, { ...details, until: instantOf(until, '00:00') }, situation)

/** The order as it is, for whoever may see it or asks again for what they have done. Throws NOT_FOUND. */
const orderFor = async (step: Step, repairId: string, requestId: string, caller: Caller): Promise<{ repair: RepairOrder; isDone: boolean }> => {
  const repair = await repository.repairs.get(repairId)
  const isDone = repair !== null && isRepeated(repair, step, requestId, memberOf(caller)._id)
  if (!repair || !(isDone || isInside(repair, caller))) throw notFound('张报修单')
  return { repair, isDone }
}

/** Who could come then is looked up before; whoever else got the order meanwhile is asked again. */
export const reschedule = async ({ repairId, slot, ...details }: In<'reschedule'>, situation: Situation): Promise<Out<'reschedule'>> => {
  const { caller, now } = situation
  const { repair, isDone } = await orderFor('reschedule', repairId, details.requestId, caller)
  if (isDone) return { repairId, status: repair.status }
  const [roster, configuration] = await Promise.all([rosterOf(repair.communityId, now), readConfiguration(repair.communityId)])
  const comers = comersFor(slot, visitedOf(repair), roster, settingsOf(configuration), now)
  return takeStep('reschedule', repairId, { ...details, slot, comers }, situation)
}

const technicianNamed = async (technicianId: string, repair: RepairOrder): Promise<Assignee> => {
  const technician = await members.get(technicianId)
  if (!worksAsTechnician(technician, repair)) throw invalid({ technicianId: '这位师傅不负责这里，请重新选择' })
  return { memberId: technicianId, name: technician!.name }
}

const technicianOnDuty = async (repair: RepairOrder, { now }: Situation): Promise<Assignee> => {
  const technician = await chooseTechnician(repair, now)
  if (!technician) throw conflict('NOBODY_ON_DUTY', '现在没有合适的师傅值班，请直接选一位')
  return technician
}

type Handing = Pick<StepDetails, 'requestId' | 'note'> & { repairId: string; technicianId?: string }
/** To the one who is named, or to whoever is on duty for it. */
const hand = (step: 'assign' | 'transfer') => async ({ repairId, technicianId, ...details }: Handing, situation: Situation): Promise<Out<'assign'>> => {
  const { repair, isDone } = await orderFor(step, repairId, details.requestId, situation.caller)
  if (isDone) return { repairId, status: repair.status }
  const technician = technicianId === undefined ? await technicianOnDuty(repair, situation) : await technicianNamed(technicianId, repair)
  return takeStep(step, repairId, { ...details, technician }, situation)
}
export const assign = hand('assign')
export const transfer = hand('transfer')

export const merge = async ({ repairId, requestId, intoId }: In<'merge'>, situation: Situation): Promise<Out<'merge'>> => {
  const into = await repository.repairs.get(intoId)
  if (!into || !isInside(into, situation.caller)) throw notFound('张报修单')
  return takeStep('merge', repairId, { requestId, into }, situation)
}
