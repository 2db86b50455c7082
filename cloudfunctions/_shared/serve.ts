import * as z from 'zod'
import type { Audience } from './audience'
import { addressOfCall, identifyCaller, type Caller } from './caller'
import { requireClientVersion } from './client-version'
import { now as readClock } from './clock'
import type { Contract, Failure, Reply } from './contract'
import { requireSameEnvironment } from './environment'
import { AppError } from './errors'
import { beginInvocation, memoryOf, type FunctionContext, type Invocation } from './invocation'
import { logLine } from './log'
import { parseInput } from './parse-input'
import { takeTurn, type RateLimit } from './rate-limit'
import { record } from './watching'

export type Situation = { caller: Caller; now: Date }

export type Action<C extends Contract, A extends keyof C> = {
  allow: Audience
  /**
   * How often one person may, staff twenty times as often, for a desk is busy; and with `perAddress` how often everybody behind one network
   * address who is not staff. Each costs a round trip, now and then two.
   */
  limit?: RateLimit & { perAddress?: number }
  /** Round trips to the platform that a successful call may take, counting the one that identifies the caller. */
  budget: number
  run(input: z.output<C[A]['input']>, situation: Situation): Promise<z.input<C[A]['output']>>
}
export type Actions<C extends Contract> = { [A in keyof C]: Action<C, A> }

const envelope = z.object({
  action: z.string().max(64),
  input: z.unknown(),
  client: z.object({
    version: z.string().regex(/^\d{1,4}\.\d{1,4}\.\d{1,4}$/),
    environment: z.string().max(40).optional(),
  }).optional(),
})

const staffTimes = 20
const takeTurns = async (what: string, { times, perMs, perAddress }: RateLimit & { perAddress?: number }, { openid, post }: Caller, now: Date): Promise<void> => {
  await takeTurn(`${what}/${openid}`, { times: post ? times * staffTimes : times, perMs }, now)
  const address = addressOfCall()
  if (perAddress !== undefined && address !== null && !post) await takeTurn(`${what}@${address}`, { times: perAddress, perMs }, now)
}

const failureOf = (error: unknown, requestId: string): Failure =>
  error instanceof AppError
    ? { code: error.code, reason: error.reason, message: error.message, fields: error.fields, requestId }
    : { code: 'INTERNAL', message: '系统出了点问题，我们已经收到记录。请稍后再试，急事请打物业电话', requestId }

/**
 * Turns a contract and a table of actions into a cloud function: identify → allow → parse → run → parse the reply, one log line.
 * A business failure is a reply, never a rejected call. An undeclared stored field cannot leave: replies are parsed too.
 */
export const serve = <C extends Contract>(functionName: string, contract: C, actions: Actions<C>) => {
  const answer = async (event: unknown, invocation: Invocation, line: Record<string, unknown>): Promise<Reply<unknown>> => {
    const request = parseInput(envelope, event)
    line.action = request.action
    requireSameEnvironment(request.client?.environment)
    // First of all: what a phone that is too old asks for may be gone.
    requireClientVersion(request.client?.version)
    if (!Object.hasOwn(contract, request.action)) {
      throw new AppError('INVALID_INPUT', '小程序与服务端版本不一致，请关闭后重新打开', { reason: 'UNKNOWN_ACTION' })
    }
    const { input, output } = contract[request.action]!
    const action = actions[request.action]!
    const now = readClock()
    const caller = await identifyCaller(now)
    line.member = caller.member?._id ?? null
    if (!action.allow.admits(caller)) throw new AppError('FORBIDDEN', action.allow.refusal)
    const wanted = parseInput(input, request.input ?? {})
    if (action.limit) await takeTurns(`${functionName}.${request.action}`, action.limit, caller, now)
    // Typed per action where the table is written; here the pair is one of many.
    const reply = await (action.run as (input: unknown, situation: Situation) => Promise<unknown>)(wanted, { caller, now })
    if (invocation.calls > action.budget) line.overBudget = action.budget
    return { ok: true, data: output.parse(reply), ...(invocation.owed.length > 0 && { owed: invocation.owed }) }
  }

  return async (event: unknown, context?: FunctionContext): Promise<Reply<unknown>> => {
    const startedAt = performance.now()
    const invocation = beginInvocation()
    const requestId = context?.request_id ?? ''
    const line: Record<string, unknown> = { function: functionName, requestId }
    let failure: Failure | undefined
    try {
      return await answer(event, invocation, line)
    } catch (error) {
      failure = failureOf(error, requestId)
      if (failure.code === 'INTERNAL') line.error = error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error)
      return { ok: false, error: failure }
    } finally {
      const ms = Math.round(performance.now() - startedAt)
      Object.assign(line, { code: failure ? (failure.reason ?? failure.code) : 'OK', ms, calls: invocation.calls })
      if (invocation.retriedCalls > 0) line.retriedCalls = invocation.retriedCalls
      logLine(line)
      // An action nobody wrote is named by whoever calls: counted by name, it would let them fill the database.
      const action = Object.hasOwn(contract, String(line.action)) ? String(line.action) : 'unknown'
      const outcome = { function: functionName, action, code: failure?.code ?? 'OK', reason: failure?.reason ?? null, requestId, ms, memoryMb: memoryOf(context) } as const
      await record(outcome, invocation, readClock())
    }
  }
}
