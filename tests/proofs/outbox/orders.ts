import type { RepairsContract } from '../../../cloudfunctions/repairs/contract'
import type { Input } from '../../../cloudfunctions/_shared/contract'
import { employ } from '../../members/newcomers'
import type { Village } from '../../support/village'
import type { Photos, Scenario } from './scenario'

type Report = Partial<Omit<Input<RepairsContract, 'create'>, 'requestId'>>
export const broken = { houseId: 'h-3-2-501', category: 'plumbing', urgency: 'normal', description: '水龙头漏水', photos: [] as string[] } as const
type Step = 'assign' | 'claim' | 'start' | 'hold' | 'quote' | 'accept' | 'complete'

export const details: Record<Step, object> = {
  assign: { technicianId: 'm-chen' }, claim: {}, start: {}, hold: { note: '等配件', until: '' },
  quote: { lines: [{ itemId: 'visit', quantity: 1 }], note: '换阀芯' }, accept: {}, complete: { note: '换了阀芯', photos: [] },
}
const takenBy: Partial<Record<Step, string>> = { assign: 'he', accept: 'wang' }
export const daysFromNow = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

/** An order of 王秀英's, and steps taken with it. Its ids are the same every time, so that what is sampled by them is, too. */
export const order = (what: Report, ...steps: Step[]) => async (village: Village): Promise<string> => {
  const { repairId } = await village.as('wang').get('repairs', 'create', { ...broken, ...what, requestId: 'the-order-it-is-about' })
  for (const step of steps) {
    const input = { ...details[step], ...(step === 'hold' && { until: daysFromNow(3) }), repairId, requestId: `before-it-${step}-it-was` }
    const answer = await village.as(takenBy[step] ?? 'chen').callRaw('repairs', { action: step, input })
    if (!answer.ok) throw new Error(`${step}: ${JSON.stringify(answer.error)}`)
  }
  return repairId
}

/** A second technician is there. */
export const withColleague = (ready: Scenario['ready']): Scenario['ready'] => async (village, photos) => {
  await employ(village, 'lu', { role: 'technician' })
  return ready(village, photos)
}

export const household = ['wang', 'li']
export const desk = ['he', 'zhou']

type Rest = (photos: Photos) => object
export const tap = (who: string, action: string, rest: Rest = () => ({})): Scenario['act'] => (village, repairId, requestId, photos) =>
  village.as(who).callRaw('repairs', { action, input: { repairId, requestId, ...rest(photos) }, client: { version: '0.1.0' } })

export const step = (name: string, title: string, told: string[], ready: Scenario['ready'], act: Scenario['act'], more: Partial<Scenario> = {}): Scenario =>
  ({ name, acting: 'repairs', told: title === '' ? {} : { [title]: told }, ready, act, ...more })

export const dueByItself = (name: string, told: Scenario['told'], ready: Scenario['ready'], due: Scenario['due'], more: Partial<Scenario> = {}): Scenario =>
  ({ name, acting: 'tick', told, ready, due, act: () => Promise.resolve({ ok: true, data: null }), ...more })

/** A moment after something has fallen due, milliseconds. */
export const afterwards = (at: Date, days = 0): number => at.getTime() + days * 86_400_000 + 1_000

export const newOrder = async (): Promise<string> => 'the-one-request-of-it'
