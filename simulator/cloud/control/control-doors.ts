import * as z from 'zod'
import type { CallLog } from '../call-log'
import type { Door } from '../http/door'
import type { Clock } from '../clock'
import type { Database } from '../database/database'
import type { Faults } from '../faults'
import { faultShape } from '../faults'
import { answerJson } from '../http/answer'
import { DoorRefusal } from '../http/door-refusal'
import { readShape } from '../http/read-body'
import type { ContentCheck } from '../openapi/content-check'
import type { Outbox } from '../outbox'
import { paymentOutcomeShape } from '../pay/pay-control'
import type { PayControl } from '../pay/pay-control'
import type { People } from '../people'
import type { Reset } from '../reset'
import type { Templates } from '../templates'
import type { Timers } from '../timers/timers'

type Options = {
  database: Database
  outbox: Outbox
  calls: CallLog
  people: People
  templates: Templates
  pay: PayControl
  contentCheck: ContentCheck
  timers: Timers
  clock: Clock
  faults: Faults
  reset: Reset
}

const moment = z.union([z.number(), z.string()]).transform((value, context) => {
  const at = typeof value === 'number' ? value : Date.parse(value)
  if (Number.isFinite(at) && Math.abs(at) < 8.64e15) return at
  context.addIssue({ code: 'custom', message: 'must be an ISO time or milliseconds' })
  return z.NEVER
})
const mediaCheckShape = z.strictObject({ traceId: z.string(), suggest: z.enum(['pass', 'review', 'risky']) })
const timerShape = z.strictObject({ name: z.string().min(1), time: moment.optional() })
const clockShape = z.strictObject({ now: moment.nullable() })
const resetShape = z.strictObject({ seed: z.string().min(1), functions: z.enum(['anew', 'warm']).default('anew') })

/** The doors that move the world, by `METHOD path`. */
export const createControlDoors = (options: Options): Record<string, Door> => {
  const { clock, faults } = options
  const tellClock = (): Record<string, unknown> => ({ now: new Date(clock.now()).toISOString(), shiftMs: clock.shift() })

  return {
    'POST /control/pay': async (request, response) =>
      answerJson(response, await options.pay.decide(await readShape(request, paymentOutcomeShape))),
    'GET /control/order': async (request, response) => {
      const query = readQuery(request.url)
      answerJson(response, options.pay.describeOrder({ prepayId: query.get('prepayId'), outTradeNo: query.get('outTradeNo') }))
    },
    'POST /control/media-check': async (request, response) => {
      const { traceId, suggest } = await readShape(request, mediaCheckShape)
      answerJson(response, { result: await options.contentCheck.finish(traceId, suggest) })
    },
    'POST /control/timer': async (request, response) => {
      const { name, time } = await readShape(request, timerShape)
      answerJson(response, { result: await options.timers.fire(name, time ?? clock.now()) })
    },
    'POST /control/clock': async (request, response) => {
      clock.set((await readShape(request, clockShape)).now)
      answerJson(response, tellClock())
    },
    'GET /control/clock': async (_request, response) => answerJson(response, tellClock()),
    'POST /control/fault': async (request, response) => {
      faults.add(await readShape(request, faultShape))
      answerJson(response, { faults: faults.pending() })
    },
    'POST /control/reset': async (request, response) => {
      const { seed, functions } = await readShape(request, resetShape)
      await options.reset(seed, functions)
      answerJson(response, { people: options.people.list() })
    },
    'GET /control/outbox': async (request, response) => {
      const query = readQuery(request.url)
      const [openid, kind] = [query.get('openid'), query.get('kind')]
      const messages = options.outbox.list(openid ? { openid, phone: options.people.phoneOf(openid) } : undefined)
      answerJson(response, { messages: messages.filter((message) => kind === null || message.kind === kind) })
    },
    'GET /control/collection': async (request, response) => {
      const name = readQuery(request.url).get('name') ?? ''
      const names = options.database.collectionNames()
      if (!names.includes(name)) throw new DoorRefusal(`name: there is no collection "${name}"; there are ${names.join(', ')}`)
      answerJson(response, { documents: options.database.documents(name) })
    },
    'GET /control/calls': async (request, response) => {
      const since = Number(readQuery(request.url).get('since') ?? 0)
      if (!Number.isInteger(since) || since < 0) throw new DoorRefusal('since: must be the number of a call')
      answerJson(response, options.calls.since(since))
    },
    'GET /control/people': async (_request, response) => answerJson(response, { people: options.people.list() }),
    'GET /control/templates': async (_request, response) => answerJson(response, { titles: options.templates.titles() }),
  }
}

const readQuery = (url = ''): URLSearchParams => new URL(url, 'http://local').searchParams
