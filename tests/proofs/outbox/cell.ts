import { newRequest, type Answer, type Village } from '../../support/village'
import { withCrash, type Crash } from './crash'
import type { Photos, Scenario } from './scenarios'

/** One way for it to go wrong. */
export type Cell = {
  scenario: Scenario
  /** At most one for each function. */
  crashes: Crash[]
  /** What the person does when no answer comes. */
  phone: 'retries' | 'gives up'
  /** Whether the phone asks for what it is told is owed, or leaves all of it to `tick`. */
  delivers: boolean
  /** Whether the fact must stand in the end; null where both are right. */
  mustStand: boolean
}

/** A cell that has been tried; what became of it is seen later, when everything has settled. */
export type Tried = Cell & { repairId: string | null; requestId: string; isAnswered: boolean; sentBefore: number; faults: string[] }

/** A transaction whose function died holds its documents until the platform ends it. */
export const transactionEndsMs = 31_000

const tickIn = (village: Village, minutes: number): Promise<unknown> => village.tick(new Date(Date.now() + minutes * 60_000).toISOString())

/** Does what is owed, whoever died with it: by then no lease holds. */
export const tickLater = (village: Village): Promise<unknown> => tickIn(village, 10)

/** A message to the group robot has no page. */
export type Sent = { seq: number; openid: string; page?: string }
export const everythingSent = async (village: Village): Promise<Sent[]> =>
  ((await (await fetch(`${village.url}/control/outbox`)).json()) as { messages: Sent[] }).messages

const allowMessages = async (village: Village, people: string[]): Promise<void> => {
  for (const who of people) await village.as(who).allow('TMPL-repair-submitted', 'TMPL-repair-progress')
}

/** While a dead function's transaction is open, a retry may be asked to come again; nothing else may be wrong with it. */
const faultOf = (answer: Answer<unknown> | undefined): string[] =>
  !answer || answer.ok || answer.error.reason === 'BUSY' ? [] : [`refused with ${answer.error.reason ?? answer.error.code}`]

/** The tap, the crashes, and what the phone does at once. */
export const tryCell = async (village: Village, cell: Cell, repairId: string | null, photos: Photos): Promise<Tried> => {
  const mustCome = cell.crashes.length === 1
  const crashOf = (name: Crash['function']) => cell.crashes.find((crash) => crash.function === name)
  const requestId = newRequest()
  await allowMessages(village, cell.scenario.told)
  // A process that has read the configuration already makes the calls that were counted.
  await village.as('wang').get('repairs', 'prepare', {})
  const sentBefore = (await everythingSent(village))[0]?.seq ?? 0
  const act = () => cell.scenario.act(village, repairId ?? '', requestId, photos)

  let answer = await withCrash(village, crashOf('repairs'), mustCome, act)
  if (!answer && cell.phone === 'retries') answer = await act()
  const owed = answer?.ok ? (answer.owed ?? []) : []
  if (cell.delivers && owed.length > 0) {
    await withCrash(village, crashOf('messages'), mustCome, () => village.as('wang').call('messages', 'deliver', { jobIds: owed }))
  }
  // By then the lease of a delivery that died has run out.
  if (crashOf('tick')) await withCrash(village, crashOf('tick'), mustCome, () => tickIn(village, 2))
  return { ...cell, repairId, requestId, sentBefore, isAnswered: answer?.ok === true, faults: faultOf(answer) }
}

/** The phone that got no answer asks once more, by now with success. */
export const retryLate = async (village: Village, tried: Tried, photos: Photos): Promise<Tried> => {
  if (tried.isAnswered || tried.phone === 'gives up') return tried
  const answer = await tried.scenario.act(village, tried.repairId ?? '', tried.requestId, photos)
  return { ...tried, isAnswered: answer.ok, faults: [...tried.faults, ...(answer.ok ? [] : [`a retry half a minute later was refused with ${answer.error.code}`])] }
}
