import type { Village } from '../../support/village'

/** A process that dies around one of its calls to the platform; calls count from 1. */
export type Crash = { function: string; moment: 'beforeCall' | 'afterCall'; call: number }

export const moments: Crash['moment'][] = ['beforeCall', 'afterCall']

type Pending = { faults: { kills: unknown[] } }

/** Does something while a crash waits for it. `answer` is undefined when it was cut off; `came` is false when there was no such call. */
export const withCrash = async <T>(village: Village, crash: Crash | undefined, work: () => Promise<T>): Promise<{ answer: T | undefined; came: boolean }> => {
  if (!crash) return { answer: await work(), came: true }
  await village.post('/control/fault', { kind: 'kill', function: crash.function, [crash.moment]: crash.call })
  const answer = await work().catch(() => undefined)
  const { faults } = (await village.post('/control/fault', { kind: 'latency' })) as Pending
  await village.post('/control/fault', { kind: 'none' })
  return { answer, came: faults.kills.length === 0 }
}
