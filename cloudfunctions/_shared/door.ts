import { now as readClock } from './clock'
import { beginInvocation, memoryOf, type FunctionContext } from './invocation'
import { logLine } from './log'
import { cloud } from './platform'
import { beat } from './timers'
import { record, type Writing } from './watching'

type DoorOptions = {
  /** A timer's: at which runs it writes down that it lives. A callback has none. */
  heartbeat?: (now: Date) => boolean
}

/**
 * A function that the platform calls and no phone may: a timer, a callback. Any phone can try, so the source is checked here as well
 * as in the function rules; what a phone gets is a refusal, without a reason.
 */
export const serveDoor = <R>(
  functionName: string, isSource: (source: string[]) => boolean, run: (event: unknown, now: Date) => Promise<R>, { heartbeat }: DoorOptions = {},
) =>
  async (event: unknown, context?: FunctionContext): Promise<R | { errcode: number; errmsg: string }> => {
    const startedAt = performance.now()
    const begunAt = readClock()
    const invocation = beginInvocation()
    const requestId = context?.request_id ?? ''
    const line: Record<string, unknown> = { function: functionName, requestId }
    let code: 'OK' | 'FORBIDDEN' | 'INTERNAL' = 'OK'
    try {
      if (!isSource(String(cloud.getWXContext().SOURCE ?? '').split(','))) {
        code = 'FORBIDDEN'
        return { errcode: 403, errmsg: 'forbidden' }
      }
      return await run(event, begunAt)
    } catch (error) {
      code = 'INTERNAL'
      line.error = error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error)
      throw error
    } finally {
      const ms = Math.round(performance.now() - startedAt)
      Object.assign(line, { code, ms, calls: invocation.calls })
      logLine(line)
      const isBeat = heartbeat !== undefined && code !== 'FORBIDDEN' && (code === 'INTERNAL' || heartbeat(begunAt))
      if (isBeat) await beat(functionName, { begunAt, ms, hasFailed: code === 'INTERNAL', requestId })
      const writing: Writing = isBeat ? 'now' : heartbeat ? 'later' : 'soon'
      await record({ function: functionName, action: 'run', code, reason: null, requestId, ms, memoryMb: memoryOf(context) }, invocation, readClock(), writing)
    }
  }
