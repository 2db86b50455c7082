const minute = 60_000

/** Runs again and again until stopped, `every()` ms after the last time: pages begin in onShow and stop in onHide and onUnload. */
export const whileVisible = (every: () => number, run: () => void): (() => void) => {
  const tick = 1_000
  let since = 0
  const timer = setInterval(() => {
    since += tick
    if (since < every()) return
    since = 0
    run()
  }, tick)
  return () => clearInterval(timer)
}

/** Runs once a minute until stopped. */
export const everyMinute = (run: () => void): (() => void) => {
  const timer = setInterval(run, minute)
  return () => clearInterval(timer)
}
