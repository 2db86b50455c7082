/**
 * What one invocation has done so far. The platform runs one invocation at a time in a process, so this is plain module state,
 * begun anew by `serve` and `serveDoor`.
 */
export type Invocation = {
  /** Round trips to the platform that count against the action's budget. */
  calls: number
  /** Of all round trips, those that read and those that wrote the database; what is paid for, so repeated ones count. */
  reads: number
  writes: number
  others: number
  /** Round trips spent on transactions that lost a race and ran again. */
  retriedCalls: number
  /** Jobs saved with this invocation's facts, for the phone to have delivered at once. */
  owed: string[]
}

const fresh = (): Invocation => ({ calls: 0, reads: 0, writes: 0, others: 0, retriedCalls: 0, owed: [] })
let current = fresh()

export const beginInvocation = (): Invocation => (current = fresh())
export const currentInvocation = (): Invocation => current

export const counted = <T>(call: () => Promise<T>, kind: 'reads' | 'writes' | 'others' = 'others'): Promise<T> => {
  current.calls += 1
  current[kind] += 1
  return call()
}

/** What the platform tells a function beside the event. */
export type FunctionContext = { request_id?: string; memory_limit_in_mb?: number }

/** MB; 256 is what a function has when nobody chose. */
export const memoryOf = (context: FunctionContext | undefined): number => context?.memory_limit_in_mb ?? 256
