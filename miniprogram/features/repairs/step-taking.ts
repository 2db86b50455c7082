import type { Step } from '../../../cloudfunctions/repairs/contract'
import { asServiceError } from '../../services/cloud'
import { offerMessages } from '../../services/messages'
import { deferStep, isDeferrable } from '../../services/deferred-steps'
import { storePhotos } from '../../services/photos'
import type { Technician } from '../../services/repairs'
import { listTechnicians, revealContact, takeRepairStep } from '../../services/repairs'
import { ask, dial, toast } from '../../support/ask'
import type { LoadState } from '../../support/cached'
import { clearDraft, readDraft, saveDraft } from '../../support/drafts'
import { dropPhotos, type Photo } from '../../support/photos'
import { closeIntention, requestIdFor } from '../../support/request-id'
import { linesOfCost } from './costing'
import { emptyStep, type StepDraft } from './step-forms'

const name = (repairId: string, step: Step): string => `step.${repairId}.${step}`

export const restoreStep = (repairId: string, step: Step): StepDraft => ({ ...emptyStep, ...readDraft<StepDraft>(name(repairId, step)) })
export const keepStep = (repairId: string, step: Step, draft: StepDraft): void => saveDraft(name(repairId, step), draft)

/** `deferred`: no network; kept on the phone, and sent by itself once there is one. */
export type Outcome = { result: 'taken' | 'refused' | 'deferred'; isOutOfDate: boolean; refusal: string; noteError: string }

type Order = { repairId: string; step: Step; uploadPrefix: string; onPhotos: (photos: Photo[]) => void }

/** What each step sends besides the order and the request. */
const inputOf = (step: Step, draft: StepDraft): Record<string, unknown> => {
  const note = draft.note.trim()
  const inputs: Partial<Record<Step, Record<string, unknown>>> = {
    assign: draft.technicianId ? { technicianId: draft.technicianId } : {},
    transfer: { technicianId: draft.technicianId, note },
    hold: { note, until: draft.until },
    rate: { stars: draft.stars, tags: draft.tags, note },
    prioritize: { urgency: draft.urgency, note },
    summarize: { description: note, ...(draft.category && { category: draft.category }) },
    merge: { intoId: draft.intoId },
    complete: { note, ...linesOfCost(draft.cost) },
    reschedule: { slot: draft.slot },
  }
  const noted: Step[] = ['cancel', 'decline', 'reopen', 'return', 'record']
  return inputs[step] ?? (noted.includes(step) ? { note } : {})
}

const pictured: Step[] = ['reopen', 'record', 'complete']

const send = async ({ repairId, step, uploadPrefix, onPhotos }: Order, draft: StepDraft, requestId: string): Promise<void> => {
  const uploaded = await storePhotos(draft.photos, uploadPrefix, onPhotos)
  const photos = uploaded.map((photo) => photo.fileId)
  await takeRepairStep(step, { repairId, requestId, ...inputOf(step, draft), ...(pictured.includes(step) && { photos }) } as never)
  dropPhotos(uploaded)
}

// After these, somebody waits to hear of the other side.
const waiting: Step[] = ['claim', 'complete', 'accept', 'reopen', 'urge']

/**
 * Takes a step under one request id until it succeeds. Offers subscription messages first where the person will wait for news. Never
 * throws: a refusal is an outcome, in words for the person.
 */
export const takeStep = async (order: Order, draft: StepDraft): Promise<Outcome> => {
  const { repairId, step } = order
  // Another technician is another intention; a second try for the same one is not.
  const intention = `${repairId}.${step}.${draft.technicianId}`
  const requestId = requestIdFor(intention)
  const offered = waiting.includes(step) ? offerMessages() : Promise.resolve(0)
  try {
    await send(order, draft, requestId)
    await offered
    closeIntention(intention)
    clearDraft(name(repairId, step))
    return { result: 'taken', isOutOfDate: true, refusal: '', noteError: '' }
  } catch (error) {
    const { code, message, fields } = asServiceError(error)
    if (code === 'UNAVAILABLE' && isDeferrable(step)) {
      const kept = readDraft<StepDraft>(name(repairId, step))
      deferStep({ repairId, step, requestId, uploadPrefix: order.uploadPrefix, input: inputOf(step, draft), photos: kept?.photos ?? draft.photos })
      closeIntention(intention)
      clearDraft(name(repairId, step))
      return { result: 'deferred', isOutOfDate: false, refusal: '', noteError: '' }
    }
    return { result: 'refused', isOutOfDate: code === 'CONFLICT', refusal: message, noteError: fields.note ?? fields.description ?? '' }
  }
}

export const mayAccept = (total: string): Promise<boolean> =>
  ask({ title: `接受报价 ${total}？`, content: '接受后师傅开始动工；实际费用高出一成以上，会再请您确认。', confirm: '接受报价' })

export const mayConfirm = (): Promise<boolean> => ask({ title: '确认修好了？', content: '7 天内发现没修好，还可以重新打开。', confirm: '修好了' })

type TechnicianList = { technicianState: LoadState; technicianFailure: string; technicians: Technician[] }

export const noTechnicians: TechnicianList = { technicianState: 'loading', technicianFailure: '', technicians: [] }

/** On duty first, then whoever has least to do. */
export const loadTechnicians = async (): Promise<TechnicianList> => {
  try {
    const { technicians } = await listTechnicians()
    const sorted = [...technicians].sort((a, b) => Number(b.isOnDuty) - Number(a.isOnDuty) || a.workingCount - b.workingCount)
    return { technicianState: 'ready', technicianFailure: '', technicians: sorted }
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
