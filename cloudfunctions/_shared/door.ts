import { now as readClock } from './clock'
import { beginInvocation } from './invocation'
import { logLine } from './log'
import { cloud } from './platform'

/**
 * A function that the platform calls and no phone may: a timer, a callback. Any phone can try, so the source is checked here as well
 * as in the function rules; what a phone gets is a refusal, without a reason.
 */
export const serveDoor = <R>(functionName: string, isSource: (source: string[]) => boolean, run: (event: unknown, now: Date) => Promise<R>) =>
  async (event: unknown, context?: { request_id?: string }): Promise<R | { errcode: number; errmsg: string }> => {
    const startedAt = performance.now()
    const invocation = beginInvocation()
    const line: Record<string, unknown> = { function: functionName, requestId: context?.request_id ?? '' }
    try {
      if (!isSource(String(cloud.getWXContext().SOURCE ?? '').split(','))) {
        line.code = 'FORBIDDEN'
        return { errcode: 403, errmsg: 'forbidden' }
      }
      const result = await run(event, readClock())
      line.code = 'OK'
      return result
    } catch (error) {
      line.code = 'INTERNAL'
      line.error = error instanceof Error ? (error.stack ?? error.message) : JSON.stringify(error)
      throw error
    } finally {
      line.ms = Math.round(performance.now() - startedAt)
      line.calls = invocation.calls
      logLine(line)
    }
  }
