/** One thing a function asked of the platform. `ms` is the platform's own time, without added latency. */
export type PlatformCall = {
  seq: number
  at: number
  requestId: string
  function: string
  action: string
  /** A collection, an openapi or pay name, or the function called. */
  on: string
  ms: number
  /** The refusal, when it was one. */
  code?: string
}

export type CallLog = {
  add: (call: Omit<PlatformCall, 'seq'>) => void
  /** Calls after number `seq`, oldest first, and the number to ask from next time. */
  since: (seq: number) => { calls: PlatformCall[]; next: number }
  clear: () => void
}

const kept = 20_000

export const createCallLog = (): CallLog => {
  const ring: PlatformCall[] = []
  let last = 0
  return {
    add: (call) => {
      last++
      ring[last % kept] = { seq: last, ...call }
    },
    since: (seq) => {
      const calls: PlatformCall[] = []
      for (let number = Math.max(seq + 1, last - kept + 1); number <= last; number++) {
        const call = ring[number % kept]
        if (call?.seq === number) calls.push(call)
      }
      return { calls, next: last }
    },
    // Numbers go on, so that a reader's `since` stays good.
    clear: () => void (ring.length = 0),
  }
}
