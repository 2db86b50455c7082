const minute = 60_000

/** Runs once a minute until stopped: pages call it in onShow and stop it in onHide and onUnload. */
export const everyMinute = (run: () => void): (() => void) => {
  const timer = setInterval(run, minute)
  return () => clearInterval(timer)
}
