import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

// V8 lets garbage lie as long as the machine has memory to spare. A function pays for what it takes, so it is told when to clear up.
setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

const roomyBytes = 80 * 1_048_576
let peakBytes = 0

/** To be called after each page: notes how large the process is, and makes it smaller where it grew. */
export const stayLight = (): void => {
  const size = process.memoryUsage.rss()
  peakBytes = Math.max(peakBytes, size)
  if (size > roomyBytes) collectGarbage()
}

export const peakMegabytes = (): number => Math.ceil(peakBytes / 1_048_576)
