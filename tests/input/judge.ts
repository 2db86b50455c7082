import * as z from 'zod'
import type { Answered } from './probe'
import { findLeak, whoMay } from './who-may'
import type { World } from './world'

/** A machine that does much else answers late, too: this finds what hangs. */
const slowestMs = 15_000
/** A refusal says what to do; it does not echo what it was sent. */
const longestRefusal = 4_000

const inChinese = z.string().regex(/\p{Script=Han}/u, 'is not Chinese').refine((text) => !/[a-z]{3,}/i.test(text), 'is not only Chinese')
const refusal = z.strictObject({
  ok: z.literal(false),
  error: z.strictObject({
    code: z.enum(['INVALID_INPUT', 'NOT_SIGNED_IN', 'FORBIDDEN', 'NOT_FOUND', 'CONFLICT', 'UPGRADE_REQUIRED', 'UNAVAILABLE']),
    reason: z.string().regex(/^[A-Z_]+$/).optional(),
    message: inChinese,
    fields: z.record(z.string(), inChinese).optional(),
    requestId: z.uuid(),
  }),
})
const success = z.strictObject({ ok: z.literal(true), data: z.record(z.string(), z.unknown()), owed: z.array(z.string()).optional() })

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)

/** What anybody who may call the action may name: a house to apply for; and what only narrows a list of their own: nothing is found by what does not exist. */
const freely = [
  'members.apply.houseId', 'operations.audits.actorId', 'operations.audits.subjectId', 'repair-desk.list.technicianId', 'repairs.quote.itemId', 'repairs.complete.itemId',
]
/** The gate and who sends the bills may look up any house of their community. */
const lookingUp: Record<string, string[]> = { 'insights.residentProfile.houseId': ['qian', 'sun'] }
const isFile = (key: string): boolean => ['photos', 'photo', 'video', 'fileId'].includes(key)
const isId = (key: string): boolean => /Id$/.test(key) && key !== 'requestId'

/** Every id and file that an input names, however deep, and that is not for everybody to name. */
const namedIn = (called: string, who: string, input: unknown): unknown[] =>
  (Array.isArray(input) ? input : isPlainObject(input) ? [input] : []).filter(isPlainObject).flatMap((fields) =>
    Object.entries(fields).flatMap(([key, value]) => {
      if (value === null || freely.includes(`${called}.${key}`) || lookingUp[`${called}.${key}`]?.includes(who)) return []
      return isFile(key) || isId(key) ? (Array.isArray(value) ? value : [value]) : namedIn(called, who, value)
    }))

const faultOfSuccess = ({ who, name, action, data }: Answered, world: World): string | undefined => {
  if (!whoMay(name, action).includes(who)) return `${who} may not call this`
  // As it arrives: NaN and Infinity are null in JSON, and a phone that has nothing to say may send null or leave the input out.
  const input = (JSON.parse(JSON.stringify(data)) as { input?: unknown }).input ?? {}
  if (!isPlainObject(input)) return 'an input that is no object was accepted'
  const notTheirs = namedIn(`${name}.${action}`, who, input).find((id) => !world.reach.get(String(id))?.includes(who))
  return notTheirs === undefined ? undefined : `${who} got an answer about ${JSON.stringify(notTheirs)}`
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export type Verdict = { outcome: 'success' | 'refusal' | 'platform'; fault: string | undefined }

const faultOfRefusal = (result: unknown, text: string): string | undefined => {
  const shape = refusal.safeParse(result)
  if (!shape.success) return `no answer a person can use: ${z.prettifyError(shape.error)}\n${text.slice(0, 600)}`
  return text.length > longestRefusal ? `a refusal of ${text.length} characters` : undefined
}

/** Whether an answer is one that may be given to this call: a success the person may have, or a refusal in words. */
export const judge = (answered: Answered, world: World): Verdict => {
  const { who, name, action, data, text, status, ms } = answered
  const body = parse(text)
  if (!isPlainObject(data)) {
    const isRefused = status === 200 && isPlainObject(body) && body.errCode === -501007
    return { outcome: 'platform', fault: isRefused ? undefined : `the platform takes only objects, yet answered ${status} ${text.slice(0, 300)}` }
  }
  const result = isPlainObject(body) ? body.result : undefined
  const outcome = success.safeParse(result).success ? 'success' : 'refusal'
  const leak = findLeak(who, name, action, text)
  const late = ms > slowestMs ? `took ${Math.round(ms)} ms` : undefined
  const own = outcome === 'success' ? faultOfSuccess(answered, world) : faultOfRefusal(result, text)
  return { outcome, fault: own ?? (leak === undefined ? late : `shows ${who} ${leak}`) }
}
