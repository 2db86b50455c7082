// The first thing a function process runs. It is bundled on its own and starts before the function's code, in an
// environment that holds nothing of this machine; keep it free of imports beyond Node's own.
import { createRequire } from 'node:module'
import { closeBorder } from './border'

export type Order = {
  requestId: string
  /** JSON text of the event. */
  event: string
  environment: Record<string, string>
  context: Record<string, unknown>
  shiftMs: number
}
export type Report = { ready: true } | { result: string } | { failure: { name: string; message: string; stack: string } }

const RealDate = Date
let shiftMs = 0
let requestId = '-'

/** Function code sees the cloud's clock; durations (performance.now) stay real. */
const shiftDate = (): void => {
  const now = (): number => RealDate.now() + shiftMs
  function ShiftedDate(...parts: unknown[]): unknown {
    if (!new.target) return new RealDate(now()).toString()
    const target = (new.target as unknown) === ShiftedDate ? RealDate : new.target
    return Reflect.construct(RealDate, parts.length === 0 ? [now()] : parts, target)
  }
  Object.assign(ShiftedDate, { now, UTC: RealDate.UTC, parse: RealDate.parse })
  ShiftedDate.prototype = RealDate.prototype
  Object.defineProperty(RealDate.prototype, 'constructor', { value: ShiftedDate, writable: true, configurable: true })
  globalThis.Date = ShiftedDate as unknown as DateConstructor
}

/** Every printed line says which request it belongs to, as the cloud's log search does. */
const stampLines = (stream: NodeJS.WriteStream): void => {
  const write = stream.write.bind(stream) as (chunk: unknown, ...rest: unknown[]) => boolean
  const stamp = (text: string): string => `${requestId} ${text.replace(/\n(?=.)/g, `\n${requestId} `)}`
  stream.write = ((chunk: unknown, ...rest: unknown[]) =>
    write(typeof chunk === 'string' ? stamp(chunk) : chunk, ...rest)) as typeof stream.write
}

const report = (message: Report): void => void process.send?.(message)

const describe = (reason: unknown): { name: string; message: string; stack: string } =>
  reason instanceof Error
    ? { name: reason.name, message: reason.message, stack: reason.stack ?? '' }
    : { name: 'Error', message: typeof reason === 'string' ? reason : JSON.stringify(reason) ?? 'undefined', stack: '' }

/** What an earlier invocation was told must not be seen by the next: a timer call has no openid at all. */
const adoptEnvironment = (environment: Record<string, string>): void => {
  for (const key of Object.keys(process.env)) {
    if (key.startsWith('WX_') || key === 'TCB_SOURCE' || key === 'TRIGGER_SRC') delete process.env[key]
  }
  Object.assign(process.env, environment)
}

const runInvocations = (main: (event: unknown, context: unknown) => unknown): void => {
  const run = async (order: Order): Promise<void> => {
    requestId = order.requestId
    shiftMs = order.shiftMs
    adoptEnvironment(order.environment)
    try {
      const result = await main(JSON.parse(order.event), order.context)
      report({ result: JSON.stringify(result) ?? 'null' })
    } catch (reason) {
      report({ failure: describe(reason) })
    }
  }
  process.on('message', (order: Order) => void run(order))
}

process.on('disconnect', () => process.exit())
shiftDate()
stampLines(process.stdout)
stampLines(process.stderr)
closeBorder(new URL((JSON.parse(process.env.TCB_CONTEXT_CNFG!) as { URL: string }).URL))
try {
  const bundle = process.argv[2]!
  shiftMs = Number(process.argv[3])
  const { main } = createRequire(bundle)(bundle) as { main?: (event: unknown, context: unknown) => unknown }
  if (typeof main !== 'function') throw new Error('index.js does not export main')
  runInvocations(main)
  report({ ready: true })
} catch (reason) {
  report({ failure: describe(reason) })
  process.disconnect?.()
}
