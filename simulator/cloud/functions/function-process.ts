import { fork } from 'node:child_process'
import readline from 'node:readline'
import type { Readable } from 'node:stream'
import type { Order, Report } from './process-entry'

type ProcessOptions = {
  entry: string
  bundle: string
  shiftMs: number
  environment: NodeJS.ProcessEnv
  log: ((line: string) => void) | undefined
}

export type Ending =
  | { kind: 'result'; result: string }
  | { kind: 'thrown'; name: string; message: string; stack: string }
  | { kind: 'timeout' }
  | { kind: 'crashed'; how: string }

export type FunctionProcess = {
  /** Resolves when the function's code is loaded, or with why it could not be. */
  loaded: Promise<Ending | undefined>
  /** Runs one invocation; only ever one at a time. Never rejects. */
  run: (order: Order, timeoutMs: number) => Promise<Ending>
  isAlive: () => boolean
  kill: () => void
}

export const startFunctionProcess = ({ entry, bundle, shiftMs, environment, log }: ProcessOptions): FunctionProcess => {
  const output = log ? 'pipe' : 'ignore'
  const child = fork(entry, [bundle, String(shiftMs)], {
    env: environment,
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', output, output, 'ipc'],
  })
  let settle: ((ending: Ending) => void) | undefined
  let alive = true
  const end = (ending: Ending): void => {
    const waiting = settle
    settle = undefined
    waiting?.(ending)
  }
  const next = (): Promise<Ending> => new Promise((resolve) => (settle = resolve))
  const kill = (): void => {
    alive = false
    child.kill('SIGKILL')
  }

  child.on('message', (report: Report) => {
    if ('failure' in report) end({ kind: 'thrown', ...report.failure })
    else end({ kind: 'result', result: 'result' in report ? report.result : '' })
  })
  child.on('error', (reason) => end({ kind: 'crashed', how: reason.message }))
  child.on('exit', (code, signal) => {
    alive = false
    end({ kind: 'crashed', how: signal ?? `exit code ${code}` })
  })
  if (log) for (const stream of [child.stdout, child.stderr]) passLines(stream, log)

  const loaded = next().then((ending) => {
    if (ending.kind === 'result') return undefined
    kill()
    return ending
  })
  const run = (order: Order, timeoutMs: number): Promise<Ending> => {
    const ending = next()
    const deadline = setTimeout(() => {
      kill()
      end({ kind: 'timeout' })
    }, timeoutMs)
    child.send(order, (reason) => {
      if (reason) end({ kind: 'crashed', how: reason.message })
    })
    return ending.finally(() => clearTimeout(deadline))
  }
  return { loaded, run, isAlive: () => alive, kill }
}

const passLines = (stream: Readable | null, log: (line: string) => void): void => {
  if (stream) readline.createInterface({ input: stream, crlfDelay: Infinity }).on('line', log)
}
