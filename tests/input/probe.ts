import { readRules } from '../../simulator/cloud/database/rules'
import { villagers } from '../../simulator/seed/villagers'
import { inRoot } from '../../tools/root'
import { watchingCollections, type Village } from '../support/village'
import type { Call } from './calls'
import { jsonText } from './json-text'

export type Answered = Call & { requestId: string; status: number; text: string; ms: number }

/** Not what functions note of themselves, and of how often somebody tries: a refusal counts there as well. */
const collections = readRules(inRoot('database-rules')).map(({ collection }) => collection).filter((name) => !watchingCollections.includes(name))
const atOnce = 3

export const openidOf = (key: string): string => villagers.find((villager) => villager.key === key)?.openid ?? `o-${key}`

const send = async (village: Village, call: Call): Promise<Answered> => {
  const begun = performance.now()
  const body = `{"openid":${JSON.stringify(openidOf(call.who))},"name":${JSON.stringify(call.name)},"data":${jsonText(call.data)}}`
  const response = await fetch(`${village.url}/client/call`, { method: 'POST', body })
  const text = await response.text()
  return { ...call, requestId: response.headers.get('x-request-id') ?? '', status: response.status, text, ms: performance.now() - begun }
}

/** Sends calls as several phones do, a few at once; answers are in the order of the calls. */
export const sendAll = async (village: Village, calls: Call[]): Promise<Answered[]> => {
  const answers: Answered[] = []
  let next = 0
  const phone = async (): Promise<void> => {
    for (let at = next++; at < calls.length; at = next++) answers[at] = await send(village, calls[at]!)
  }
  await Promise.all(Array.from({ length: atOnce }, phone))
  return answers
}

/** Everything stored, as one text. */
export const everythingStored = (village: Village): string => collections.map((name) => JSON.stringify(village.database.documents(name))).join('\n')

type PlatformCall = { seq: number; requestId: string; action: string; on: string; code?: string }
export type Writes = 'none' | 'maybe' | 'committed'

const writes = ['database.insertDocument', 'database.modifyDocument', 'database.modifyAndReturnDoc', 'database.removeDocument']

/** What a request wrote, by the platform's own account: a commit stands; a single update may find nothing to change, or be undone with its transaction. */
const writesIn = (calls: PlatformCall[]): Writes => {
  const done = calls.filter(({ code, on }) => code === undefined && !watchingCollections.includes(on)).map(({ action }) => action)
  if (!done.some((action) => writes.includes(action))) return 'none'
  return done.includes('database.commitTransaction') ? 'committed' : 'maybe'
}

/** Tells what each request wrote since it was last asked. */
export const openLedger = (village: Village) => {
  let since = 0
  return async (): Promise<(requestId: string) => Writes> => {
    const { calls, next } = (await (await fetch(`${village.url}/control/calls?since=${since}`)).json()) as { calls: PlatformCall[]; next: number }
    since = next
    return (requestId) => writesIn(calls.filter((call) => call.requestId === requestId))
  }
}
