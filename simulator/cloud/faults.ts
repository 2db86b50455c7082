import * as z from 'zod'
import { openidShape } from './http/read-body'

const count = z.number().int().min(1)
const milliseconds = z.number().min(0).max(600_000)

/** What can go wrong on request. Each kind is kept until it has happened (kill, api) or `none` is sent. */
export const faultShape = z.union([
  z.strictObject({ kind: z.literal('latency'), perCallMs: milliseconds.default(0), coldMs: milliseconds.default(0) }),
  z.strictObject({ kind: z.literal('kill'), function: z.string().min(1), beforeCall: count }),
  z.strictObject({ kind: z.literal('kill'), function: z.string().min(1), afterCall: count }),
  z.strictObject({
    kind: z.literal('api'), name: z.string().min(1), errcode: z.union([z.number().int(), z.string().min(1)]), times: count.default(1),
  }),
  z.strictObject({ kind: z.literal('offline'), openid: openidShape }),
  z.strictObject({ kind: z.literal('none') }),
])
type Fault = z.infer<typeof faultShape>

type Kill = { function: string; moment: 'before' | 'after'; call: number }
type ApiFailure = { name: string; errcode: number | string; times: number }

export type Faults = {
  add: (fault: Fault) => void
  clear: () => void
  /** What is still to happen, for `/control/fault` to answer. */
  pending: () => { perCallMs: number; coldMs: number; kills: Kill[]; apis: ApiFailure[]; offline: string[] }
  perCallMs: () => number
  coldMs: () => number
  isOffline: (openid: string) => boolean
  /** True once: the process is to die around this call of this run. */
  takeKill: (functionName: string, moment: 'before' | 'after', call: number) => boolean
  /** The code an api is to fail with now, or undefined. */
  takeApiFailure: (name: string) => number | string | undefined
}

export const createFaults = (): Faults => {
  let perCallMs = 0
  let coldMs = 0
  let kills: Kill[] = []
  let apis: ApiFailure[] = []
  const offline = new Set<string>()

  const clear = (): void => {
    perCallMs = coldMs = 0
    kills = []
    apis = []
    offline.clear()
  }
  const add = (fault: Fault): void => {
    if (fault.kind === 'none') clear()
    else if (fault.kind === 'latency') ({ perCallMs, coldMs } = fault)
    else if (fault.kind === 'api') apis.push({ name: fault.name, errcode: fault.errcode, times: fault.times })
    else if (fault.kind === 'offline') offline.add(fault.openid)
    else if ('beforeCall' in fault) kills.push({ function: fault.function, moment: 'before', call: fault.beforeCall })
    else kills.push({ function: fault.function, moment: 'after', call: fault.afterCall })
  }
  const takeKill = (functionName: string, moment: 'before' | 'after', call: number): boolean => {
    if (kills.length === 0) return false
    const found = kills.find((kill) => kill.function === functionName && kill.moment === moment && kill.call === call)
    if (found) kills = kills.filter((kill) => kill !== found)
    return found !== undefined
  }
  const takeApiFailure = (name: string): number | string | undefined => {
    if (apis.length === 0) return undefined
    const found = apis.find((failure) => failure.name === name)
    if (!found) return undefined
    found.times--
    if (found.times === 0) apis = apis.filter((failure) => failure !== found)
    return found.errcode
  }
  return {
    add,
    clear,
    pending: () => ({ perCallMs, coldMs, kills, apis, offline: [...offline] }),
    perCallMs: () => perCallMs,
    coldMs: () => coldMs,
    isOffline: (openid) => offline.has(openid),
    takeKill,
    takeApiFailure,
  }
}
