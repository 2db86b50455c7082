/** The cloud's clock: real time, moved by a distance. It goes on ticking from where it was set. Milliseconds. */
export type Clock = {
  now: () => number
  /** How far the clock is ahead of real time. */
  shift: () => number
  /** null frees the clock: it tells real time again. */
  set: (now: number | null) => void
  onChange: (listener: () => void) => void
}

export const createClock = (): Clock => {
  let shiftMs = 0
  const listeners: (() => void)[] = []
  return {
    now: () => Date.now() + shiftMs,
    shift: () => shiftMs,
    set: (now) => {
      shiftMs = now === null ? 0 : now - Date.now()
      for (const listener of listeners) listener()
    },
    onChange: (listener) => void listeners.push(listener),
  }
}
