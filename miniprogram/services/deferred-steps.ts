import type { Step } from '../../cloudfunctions/repairs/contract'
import { dropPhotos, type Photo } from '../support/photos'
import { createSignal } from '../support/signal'
import { recall, remember } from '../support/storage'
import { asServiceError } from './cloud'
import { uploadPhotos } from './photos'
import { takeRepairStep } from './repairs'

/** A step taken where there was no network. Its request id goes with it: however often it is sent, it happens once. */
export type DeferredStep = {
  repairId: string
  step: Step
  requestId: string
  uploadPrefix: string
  /** What the step asks for, besides the order, the request and the photos. */
  input: Record<string, unknown>
  photos: Photo[]
  /** Set once the server has refused it: nothing more is sent, and the person is told why. */
  refusal?: string
}

const key = 'deferredSteps'

/** What waits for a network; pages watch it to say so. */
export const deferredSteps = createSignal<DeferredStep[]>(recall<DeferredStep[]>(key) ?? [])

const keep = (steps: DeferredStep[]): void => {
  remember(key, steps)
  deferredSteps.set(steps)
}
const isOther = (one: DeferredStep) => (each: DeferredStep): boolean => each.requestId !== one.requestId
const replace = (step: DeferredStep): void => keep(deferredSteps.get().map((each) => (isOther(step)(each) ? each : step)))

// Only what a technician tells of work he has done: nobody waits for an answer to it, and it stays true until there is a network.
const deferrable: Step[] = ['arrive', 'start', 'record', 'complete']
export const isDeferrable = (step: Step): boolean => deferrable.includes(step)

export const deferStep = (step: DeferredStep): void => keep([...deferredSteps.get().filter(isOther(step)), step])
export const dropDeferred = (step: DeferredStep): void => keep(deferredSteps.get().filter(isOther(step)))

/** Answers whether it is over, sent or refused; false when there is still no network. */
const sendOne = async (step: DeferredStep): Promise<boolean> => {
  const photos = await uploadPhotos(step.photos, step.uploadPrefix, (changed) => replace({ ...step, photos: changed }))
  if (photos.some((photo) => photo.state !== 'stored')) return false
  const { repairId, requestId, input } = step
  const pictured = step.step === 'record' || step.step === 'complete'
  try {
    await takeRepairStep(step.step, { repairId, requestId, ...input, ...(pictured && { photos: photos.map((photo) => photo.fileId) }) } as never)
  } catch (error) {
    const { code, message } = asServiceError(error)
    if (code !== 'UNAVAILABLE') replace({ ...step, photos, refusal: message })
    return code !== 'UNAVAILABLE'
  }
  dropDeferred(step)
  dropPhotos(photos)
  return true
}

let sending: Promise<void> | null = null

const sendAll = async (): Promise<void> => {
  for (const step of deferredSteps.get().filter(({ refusal }) => !refusal)) if (!(await sendOne(step))) return
}

/** Sends in the order in which things were done, one at a time; stops where there is no network and goes on the next time. Never throws. */
export const sendDeferred = (): Promise<void> => {
  sending ??= sendAll().finally(() => {
    sending = null
  })
  return sending
}

/** From the start of the app: what was left is sent at once, and whenever the network returns. */
export const watchDeferred = (): void => {
  void sendDeferred()
  wx.onNetworkStatusChange(({ isConnected }) => {
    if (isConnected) void sendDeferred()
  })
}
