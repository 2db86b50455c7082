import { watchingCollections, type Village } from '../../support/village'

/** A process that dies around one of its calls to the platform; calls count from 1. */
export type Crash = { function: 'repairs' | 'messages' | 'tick'; moment: 'beforeCall' | 'afterCall'; call: number }

type Pending = { faults: { kills: unknown[] } }

/** Does something while a crash waits for it. Answers undefined when it was cut off; throws when the crash did not come and had to. */
export const withCrash = async <T>(village: Village, crash: Crash | undefined, mustCome: boolean, work: () => Promise<T>): Promise<T | undefined> => {
  if (!crash) return work()
  await village.post('/control/fault', { kind: 'kill', function: crash.function, [crash.moment]: crash.call })
  const result = await work().catch(() => undefined)
  const { faults } = (await village.post('/control/fault', { kind: 'latency' })) as Pending
  if (faults.kills.length > 0 && mustCome) throw new Error(`${crash.function} makes no call ${crash.call}: the matrix is too large`)
  await village.post('/control/fault', { kind: 'none' })
  return result
}

type PlatformCall = { function: string; action: string; on: string }

/** The platform calls a function makes while something is done. */
export const callsOf = async (village: Village, functionName: string, work: () => Promise<unknown>): Promise<string[]> => {
  const read = async (since: number) => (await (await fetch(`${village.url}/control/calls?since=${since}`)).json()) as { calls: PlatformCall[]; next: number }
  const { next } = await read(0)
  await work()
  return (await read(next)).calls.filter((call) => call.function === functionName && !watchingCollections.includes(call.on)).map(({ action }) => action)
}

/** Both sides of each of so many calls. */
export const crashesOf = (functionName: Crash['function'], calls: number): Crash[] =>
  Array.from({ length: calls }, (_, index) => (['beforeCall', 'afterCall'] as const).map((moment) => ({ function: functionName, moment, call: index + 1 }))).flat()
