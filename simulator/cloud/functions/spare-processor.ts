import { cpus } from 'node:os'

type Sample = { at: number; idle: number; total: number }

const sampleEveryMs = 200
const spareShare = 0.2

const takeSample = (): Sample => {
  const times = cpus().map(({ times: { user, nice, sys, idle, irq } }) => ({ idle, total: user + nice + sys + idle + irq }))
  const sum = (key: 'idle' | 'total'): number => times.reduce((total, each) => total + each[key], 0)
  return { at: performance.now(), idle: sum('idle'), total: sum('total') }
}

let before = takeSample()
let isSpare = true

/** Whether this machine's cores were idle for a fifth of the last moment: only then does another process make anything sooner. */
export const hasSpareProcessor = (): boolean => {
  if (performance.now() - before.at < sampleEveryMs) return isSpare
  const now = takeSample()
  isSpare = (now.idle - before.idle) / Math.max(now.total - before.total, 1) >= spareShare
  before = now
  return isSpare
}
