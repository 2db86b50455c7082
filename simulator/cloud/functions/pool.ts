import { availableParallelism } from 'node:os'
import type { Ending, FunctionProcess } from './function-process'
import type { Order } from './process-entry'
import { hasSpareProcessor } from './spare-processor'

const mostProcesses = 20
// Up to here a call that finds no idle process starts one. Beyond, only calls that have waited do, and while the machine has
// time to spare: more processes than cores make a busy machine later, but help where functions wait (added latency).
const eagerProcesses = Math.max(4, availableParallelism())
const patienceMs = 300
const longPatienceMs = 2000
// Loading a bundle is all processor time: more at once than there are cores only makes each later.
const mostStarting = Math.max(2, availableParallelism())
const idleForMs = 3 * 60_000

type Waiting = { since: number; order: Order; timeoutMs: number; assigned: (kill: () => void) => void; resolve: (ending: Ending) => void }

export type Pool = {
  /** Runs an order in a process that runs nothing else meanwhile; `assigned` learns how to kill that process. Never rejects. */
  run: (order: Order, timeoutMs: number, assigned: (kill: () => void) => void) => Promise<Ending>
  /**
   * No process of today takes another order: the pool ends once its waiting calls are done. `busyToo`: at once, with
   * what runs and what waits.
   */
  retire: (busyToo: boolean) => void
  retireIdle: (now: number) => void
}

/** The warm processes of one function: grown while calls wait, up to what the platform runs at once, then calls queue. */
export const createPool = (start: () => FunctionProcess, coldMs: () => number): Pool => {
  const all = new Set<FunctionProcess>()
  const outdated = new WeakSet<FunctionProcess>()
  const idle: { process: FunctionProcess; since: number }[] = []
  const waiting: Waiting[] = []
  let starting = 0
  let isRetired = false
  let recheck: NodeJS.Timeout | undefined

  const drop = (process: FunctionProcess): void => {
    all.delete(process)
    process.kill()
  }

  const rest = (process: FunctionProcess): void => {
    if (!process.isAlive() || outdated.has(process) || (isRetired && waiting.length === 0)) drop(process)
    else idle.push({ process, since: performance.now() })
  }

  const assign = async (process: FunctionProcess, { order, timeoutMs, assigned, resolve }: Waiting): Promise<void> => {
    assigned(process.kill)
    const ending = await process.run(order, timeoutMs)
    rest(process)
    resolve(ending)
    dispatch()
  }

  const startOne = async (): Promise<void> => {
    const process = start()
    all.add(process)
    starting++
    const failure = await process.loaded
    if (coldMs() > 0) await new Promise((resolve) => setTimeout(resolve, coldMs()))
    starting--
    if (failure) {
      drop(process)
      // Code that cannot be loaded answers whoever asked for it; trying again for the same call would never end.
      waiting.shift()?.resolve(failure)
    } else rest(process)
    dispatch()
  }

  const mayStart = (): boolean => {
    const [first] = waiting
    if (!first || waiting.length <= starting || starting >= mostStarting || all.size >= mostProcesses) return false
    if (all.size < eagerProcesses) return true
    const waitedMs = performance.now() - first.since
    return waitedMs >= longPatienceMs || (waitedMs >= patienceMs && hasSpareProcessor())
  }

  const dispatch = (): void => {
    while (waiting.length > 0 && idle.length > 0) {
      const { process } = idle.pop()!
      if (process.isAlive()) void assign(process, waiting.shift()!)
      else drop(process)
    }
    while (mayStart()) void startOne()
    if (waiting.length > 0) recheck ??= setTimeout(checkAgain, patienceMs)
  }

  const checkAgain = (): void => {
    recheck = undefined
    dispatch()
  }

  return {
    run: (order, timeoutMs, assigned) =>
      new Promise((resolve) => {
        waiting.push({ since: performance.now(), order, timeoutMs, assigned, resolve })
        dispatch()
      }),
    retire: (busyToo) => {
      isRetired = true
      for (const process of all) outdated.add(process)
      for (const { process } of idle.splice(0)) drop(process)
      if (!busyToo) return
      for (const process of all) process.kill()
      for (const { resolve } of waiting.splice(0)) resolve({ kind: 'crashed', how: 'the cloud was reset' })
    },
    retireIdle: (now) => {
      while (idle[0] && now - idle[0].since > idleForMs) drop(idle.shift()!.process)
    },
  }
}
