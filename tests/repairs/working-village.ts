// Orders of a running village, brought to a status through the functions as people do.
import type { RepairsContract } from '../../cloudfunctions/repairs/contract'
import type { Input } from '../../cloudfunctions/_shared/contract'
import { newRequest, type Village } from '../support/village'

export const broken = { houseId: 'h-3-2-501', category: 'plumbing', urgency: 'normal', description: '水龙头漏水', photos: [] as string[] } as const
type Report = Partial<Omit<Input<RepairsContract, 'create'>, 'requestId'>>

export const codeOf = async (answer: Promise<{ ok: boolean; error?: { code: string; reason?: string } }>): Promise<string> => {
  const { ok, error } = await answer
  return ok ? 'OK' : (error!.reason ?? error!.code)
}

export const ordersOf = (village: Village) => {
  /** A call with a request of its own; answers OK or what it was refused with. */
  const tryAs = (who: string, action: keyof RepairsContract & string, input: object) =>
    codeOf(village.as(who).callRaw('repairs', { action, input: { requestId: newRequest(), ...input } }) as never)
  const must = async (who: string, action: keyof RepairsContract & string, input: object): Promise<void> => {
    const code = await tryAs(who, action, input)
    if (code !== 'OK') throw new Error(`${who} could not ${action}: ${code}`)
  }
  const report = async (what: Report = {}, who = 'wang') =>
    (await village.as(who).get('repairs', 'create', { ...broken, ...what, requestId: newRequest() })).repairId
  const assigned = async (what: Report = {}) => {
    const repairId = await report(what)
    await must('he', 'assign', { repairId, technicianId: 'm-chen' })
    return repairId
  }
  const started = async (what: Report = {}) => {
    const repairId = await assigned(what)
    await must('chen', 'start', { repairId })
    return repairId
  }
  const completed = async (what: Report = {}) => {
    const repairId = await started(what)
    await must('chen', 'complete', { repairId, note: '换了阀芯', photos: [] })
    return repairId
  }
  const quoted = async () => {
    const repairId = await started()
    await must('chen', 'quote', { repairId, lines: [{ itemId: 'visit', quantity: 1 }, { itemId: 'angle-valve', quantity: 2 }] })
    return repairId
  }
  const stored = async (repairId: string) => (await village.documents('repairs')).find((repair) => repair._id === repairId)!
  const photoOf = async (who: string, repairId: string) => {
    const prefix = who === 'wang' ? (await village.as('wang').get('repairs', 'prepare', {})).uploadPrefix : (await village.as(who).get('repairs', 'get', { repairId })).uploadPrefix!
    return village.as(who).upload(`${prefix}/202611/${newRequest()}.jpg`)
  }
  const told = async (who: string) => (await village.as(who).get('messages', 'list', {})).messages.map(({ body }) => body)
  return { tryAs, must, report, assigned, started, completed, quoted, stored, photoOf, told }
}
