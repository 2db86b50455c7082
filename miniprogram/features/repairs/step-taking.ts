import type { Step } from '../../../cloudfunctions/repairs/contract'
import { asServiceError } from '../../services/cloud'
import { offerMessages } from '../../services/messages'
import type { Technician } from '../../services/repairs'
import { assignRepair, cancelRepair, claimRepair, listTechnicians, revealContact, startRepair } from '../../services/repairs'
import { ask, dial, toast } from '../../support/ask'
import type { LoadState } from '../../support/cached'
import { closeIntention, requestIdFor } from '../../support/request-id'

export type Outcome = { isTaken: boolean; isOutOfDate: boolean; refusal: string; noteError: string }

/** Runs a step under one request id until it succeeds. Never throws: a refusal is an outcome, in words for the person. */
export const takeStep = async (intention: string, run: (requestId: string) => Promise<unknown>): Promise<Outcome> => {
  try {
    await run(requestIdFor(intention))
    closeIntention(intention)
    return { isTaken: true, isOutOfDate: true, refusal: '', noteError: '' }
  } catch (error) {
    const { code, message, fields } = asServiceError(error)
    return { isTaken: false, isOutOfDate: code === 'CONFLICT', refusal: message, noteError: fields.note ?? '' }
  }
}

/** Steps that need nothing but a tap. Offers subscription messages first where the person will wait for news. */
export const simpleRun = (step: Step, repairId: string) => {
  if (step === 'claim') void offerMessages()
  const run = step === 'claim' ? claimRepair : step === 'start' ? startRepair : cancelRepair
  return (requestId: string): Promise<unknown> => run({ repairId, requestId })
}

export const assignRun = (repairId: string, technicianId: string) => (requestId: string): Promise<unknown> =>
  assignRepair({ repairId, requestId, technicianId })

export const mayCancel = (): Promise<boolean> =>
  ask({ title: '取消这次报修？', content: '取消后师傅不会上门；还需要的话，要重新报修。', confirm: '取消报修' })

type TechnicianList = { technicianState: LoadState; technicianFailure: string; technicians: Technician[] }

export const noTechnicians: TechnicianList = { technicianState: 'loading', technicianFailure: '', technicians: [] }

export const loadTechnicians = async (): Promise<TechnicianList> => {
  try {
    return { technicianState: 'ready', technicianFailure: '', technicians: (await listTechnicians()).technicians }
  } catch (error) {
    return { technicianState: 'failed', technicianFailure: asServiceError(error).message, technicians: [] }
  }
}

/** Asks for the full number, which is noted in the audit, and dials it. */
export const callResident = async (repairId: string): Promise<void> => {
  try {
    const { phone } = await revealContact(repairId)
    if (phone) dial(phone)
    else toast('这户没有登记电话')
  } catch (error) {
    toast(asServiceError(error).message)
  }
}
