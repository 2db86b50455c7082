import { communityId } from '../../../simulator/seed/villagers'
import type { Answer, Village } from '../../support/village'
import { withCrash, type Crash } from './crash'
import { beyond, differences, endingOf, messagesSince, type Ending } from './ending'
import { uploadPhotos, type Photos, type Scenario } from './scenario'

type Documents = Parameters<Village['database']['replaceAll']>[0]

/** A scenario about to happen, again and again from the same moment. */
export type Prepared = {
  scenario: Scenario
  about: string
  photos: Photos
  documents: Documents
  /** When it happens, milliseconds. */
  at: number
  /** How it ends when nothing dies, and when nothing happens. */
  whole: Ending
  nothing: Ending
}

type Start = Omit<Prepared, 'whole' | 'nothing'>

/** One way for it to go wrong. */
export type Cell = {
  crashes: Crash[]
  /** What the person does when no answer comes. */
  phone: 'retries' | 'gives up'
  /** Whether the phone asks for what it is told is owed, or leaves all of it to `tick`. */
  delivers: boolean
}

const requestId = 'the-one-request-of-it'
const minute = 60_000

const documentsOf = (village: Village): Documents =>
  Object.fromEntries(village.database.collectionNames().map((name) => [name, village.database.documents(name)]))

/** What a dead function's transaction holds is free again: the platform ends it half a minute later. */
const endTransactions = (village: Village): Promise<void> => village.database.replaceAll(documentsOf(village))

/** Every tenth minute `tick` looks after the house as well, which is another matter. */
const tickAt = (village: Village, at: number): Promise<unknown> =>
  village.tick(new Date(new Date(at).getUTCMinutes() % 10 === 0 ? at + minute : at).toISOString())

const templates = ['TMPL-repair-submitted', 'TMPL-repair-progress', 'TMPL-incident']
const listeners = ['wang', 'li', 'zhao', 'chen', 'he', 'zhou']

/** What WeChat counts; our own count goes back with everything stored. */
const allowMessages = async (village: Village, people: string[]): Promise<void> => {
  const results = Object.fromEntries(templates.map((id) => [id, 'accept']))
  for (const who of people) await village.post('/client/subscribe', { openid: village.as(who).openid, results })
}

const goBack = async (village: Village, { documents, at }: Pick<Prepared, 'documents' | 'at'>): Promise<number> => {
  await village.database.replaceAll(documents)
  await village.post('/control/clock', { now: at })
  return (await messagesSince(village, 0))[0]?.seq ?? 0
}

/** When everything has settled, minutes after it happened. */
const [firstSweep, lastSweep] = [5, 11]
/** Long enough for every lease to run out, and too short for anybody to miss that an order waits. */
const settle = async (village: Village, at: number): Promise<void> => {
  await endTransactions(village)
  for (const minutes of [firstSweep, lastSweep]) await tickAt(village, at + minutes * minute)
}

const lookAt = (village: Village, { about, documents, at }: Start, since: number): Promise<Ending> => {
  const isOfStory = (repairId: string) => repairId === about || !documents.repairs!.some(({ _id }) => _id === repairId)
  return endingOf(village, { since, isOfStory, now: new Date(at + lastSweep * minute) })
}

const act = (village: Village, { scenario, about, photos, at }: Start): Promise<Answer<unknown>> =>
  scenario.acting === 'tick' ? tickAt(village, at).then(() => ({ ok: true as const, data: null })) : scenario.act(village, about, requestId, photos)

/** Lets one thing go wrong, and everything settle; says what is not as it must be. `came`: whether every crash found its call. */
export const tryCell = async (village: Village, prepared: Prepared, { crashes, phone, delivers }: Cell): Promise<{ came: boolean; faults: string[] }> => {
  const { scenario, at, whole, nothing } = prepared
  const crashOf = (name: string) => crashes.find((crash) => crash.function === name)
  const since = await goBack(village, prepared)
  await allowMessages(village, whole.sent)
  const faults: string[] = []

  const acted = await withCrash(village, crashOf(scenario.acting), () => act(village, prepared))
  let { answer, came } = acted
  if (!answer) await endTransactions(village)
  if (!answer && phone === 'retries') answer = await act(village, prepared)
  if (answer && !answer.ok) faults.push(`refused with ${answer.error.reason ?? answer.error.code}`)
  const owed = answer?.ok ? (answer.owed ?? []) : []
  const dies = crashOf('messages')
  if (delivers && owed.length > 0) {
    came = (await withCrash(village, dies, () => village.as('wang').call('messages', 'deliver', { jobIds: owed.slice(0, 5) }))).came && came
  } else if (dies) came = false
  if (crashes.length > 0) await endTransactions(village)
  // By then the lease of a delivery that died has run out.
  const swept = await withCrash(village, scenario.acting === 'tick' ? undefined : crashOf('tick'), () => tickAt(village, at + 2 * minute))
  await settle(village, at)

  const ending = await lookAt(village, prepared, since)
  const wrong = differences(ending, whole)
  const hasNotHappened = !answer && differences(ending, nothing).length === 0
  return { came: came && swept.came, faults: [...faults, ...(hasNotHappened ? [] : wrong)] }
}

const onlyOwn = (documents: Documents, about: string): Documents => ({ ...documents, jobs: documents.jobs!.filter(({ _id }) => _id.includes(about)) })

/** Brings a fresh village to where a scenario can happen, with everything before it told, and sees how it ends with and without it. */
export const prepare = async (village: Village, scenario: Scenario): Promise<Prepared> => {
  // Anew: a process remembers another story's settings for a minute.
  await village.post('/control/reset', { seed: 'village' })
  if (scenario.settings) await village.alter('configurations', communityId, { repairs: scenario.settings })
  for (const who of listeners) await village.as(who).allow(...templates)
  const photos = await uploadPhotos(village)
  const about = await scenario.ready(village, photos)
  await tickAt(village, Date.now())
  const documents = onlyOwn(documentsOf(village), about)
  const at = scenario.due ? scenario.due(village.database.documents('repairs').find(({ _id }) => _id === about)! as never) : Date.now() + minute
  const start = { scenario, about, photos, documents, at }

  const run = async (happens: boolean): Promise<Ending> => {
    const since = await goBack(village, start)
    await allowMessages(village, listeners)
    if (happens) {
      const answer = await act(village, start)
      if (!answer.ok) throw new Error(`${scenario.name} is refused: ${JSON.stringify(answer.error)}`)
      await tickAt(village, at + 2 * minute)
    }
    if (happens || scenario.acting !== 'tick') await settle(village, at)
    return lookAt(village, start, since)
  }
  const nothing = await run(false)
  return { ...start, nothing, whole: await run(true) }
}

const countOf = (lines: string[], collection: string): number => lines.filter((line) => line.startsWith(`${collection} `)).length

/** Whether what happens when nothing dies is what must happen: who is told, and which other duties are done. */
export const faultsOfWhole = ({ scenario, whole, nothing }: Prepared): string[] => {
  const told = beyond(whole.told, nothing.told)
  const expected = Object.entries(scenario.told).flatMap(([title, people]) => people.map((who) => `${title} ${who}`)).sort()
  const rows = Object.entries(scenario.rows ?? {}).filter(([collection, more]) => countOf(whole.stored, collection) - countOf(nothing.stored, collection) !== more)
  const group = beyond(whole.group, nothing.group)
  return [
    ...(JSON.stringify(told) === JSON.stringify(expected) ? [] : [`told ${told.join(', ')}, not ${expected.join(', ')}`]),
    ...rows.map(([collection, more]) => `${collection}: ${countOf(whole.stored, collection) - countOf(nothing.stored, collection)} more, not ${more}`),
    ...(group.length === (scenario.group ?? 0) ? [] : [`the group heard ${group.length} texts, not ${scenario.group ?? 0}`]),
    ...(scenario.rows?.jobs ? [] : beyond(whole.stored, nothing.stored).filter((line) => line.startsWith('jobs ')).map((line) => `${line} is left`)),
    ...whole.unwatched,
  ]
}
