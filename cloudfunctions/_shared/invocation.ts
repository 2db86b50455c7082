/**
 * What one invocation has done so far. The platform runs one invocation at a time in a process, so this is plain module state,
 * begun anew by `serve` and `serveDoor`.
 */
export type Invocation = {
  /** Round trips to the platform that count against the action's budget. */
  calls: number
  /** Round trips spent on transactions that lost a race and ran again. */
  retriedCalls: number
  /** Jobs saved with this invocation's facts, for the phone to have delivered at once. */
  owed: string[]
}

let current: Invocation = { calls: 0, retriedCalls: 0, owed: [] }

export const beginInvocation = (): Invocation => (current = { calls: 0, retriedCalls: 0, owed: [] })
export const currentInvocation = (): Invocation => current

export const counted = <T>(call: () => Promise<T>): Promise<T> => {
  current.calls += 1
  return call()
}
