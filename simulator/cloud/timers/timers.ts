import type { Clock } from '../clock'
import type { DeployedFunctions, Trigger } from '../functions/deployed-functions'
import { DoorRefusal } from '../http/door-refusal'
import { findNextRun } from './cron'

const longestSleepMs = 30_000

export type Timers = {
  /** Fires a function's timer now, as of a moment (milliseconds); answers what the function answered. */
  fire: (functionName: string, at: number) => Promise<unknown>
  /** From now on timers fire by themselves, where that is wanted. */
  start: () => void
  stop: () => void
}

type Options = {
  functions: DeployedFunctions
  clock: Clock
  invoke: (call: { name: string; event: Record<string, unknown>; asOf: number }) => Promise<unknown>
  isAutomatic: boolean
  log: ((line: string) => void) | undefined
}

/** Fires the timers of all deployed functions as the cloud's clock passes their moments. A jump over a moment does not fire it. */
export const createTimers = ({ functions, clock, invoke, isAutomatic, log }: Options): Timers => {
  let checkedUntil = clock.now()
  let sleep: NodeJS.Timeout | undefined

  const run = (name: string, { name: triggerName }: Trigger, at: number): Promise<unknown> => {
    const event = { Type: 'Timer', TriggerName: triggerName, Time: new Date(at).toISOString().replace(/\.\d+Z$/, 'Z'), Message: '' }
    return invoke({ name, event, asOf: at })
  }

  const allTriggers = (): { name: string; trigger: Trigger }[] =>
    functions.list().flatMap(({ name, triggers }) => triggers.map((trigger) => ({ name, trigger })))

  const wake = (): void => {
    const now = clock.now()
    let soonest = now + longestSleepMs
    for (const { name, trigger } of allTriggers()) {
      const due = findNextRun(trigger.config, checkedUntil) ?? Infinity
      if (due <= now) void run(name, trigger, now).catch((reason: unknown) => log?.(`[${name} -] the run failed: ${String(reason)}`))
      soonest = Math.min(soonest, due > now ? due : (findNextRun(trigger.config, now) ?? Infinity))
    }
    checkedUntil = now
    sleep = setTimeout(wakeAgain, Math.max(soonest - clock.now(), 5))
    sleep.unref()
  }

  // A bad timer stops the cloud from starting, where config.json is read; one deployed later must not bring it down.
  const wakeAgain = (): void => {
    try {
      wake()
    } catch (reason) {
      log?.(`[timers -] ${String(reason)}`)
      sleep = setTimeout(wakeAgain, longestSleepMs)
      sleep.unref()
    }
  }

  const stop = (): void => clearTimeout(sleep)
  const restart = (): void => {
    stop()
    checkedUntil = clock.now()
    wakeAgain()
  }
  return {
    fire: async (functionName, at) => {
      const deployed = functions.find(functionName)
      if (!deployed) throw new DoorRefusal(`there is no function named ${functionName}`)
      const [trigger] = deployed.triggers
      if (!trigger) throw new DoorRefusal(`the function ${functionName} has no timer in its config.json`)
      return run(functionName, trigger, at)
    },
    start: () => {
      if (!isAutomatic) return
      clock.onChange(restart)
      restart()
    },
    stop,
  }
}
