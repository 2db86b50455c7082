import { randomUUID } from 'node:crypto'
import type { Clock } from '../clock'
import { appId, environmentId } from '../platform'
import type { DeployedFunction, DeployedFunctions } from './deployed-functions'
import { startFunctionProcess } from './function-process'
import type { Ending } from './function-process'
import { FunctionFailure } from './invocation'
import type { Invocation } from './invocation'
import { createPool } from './pool'
import type { Pool } from './pool'

export type FunctionCall = {
  name: string
  event: Record<string, unknown>
  source: string
  openid?: string
  isTimer?: boolean
  /** The function sees this moment as now (milliseconds); absent: the cloud's clock. */
  asOf?: number
  /** Which request this is; given so that a door can name it whatever happens. */
  requestId?: string
}

export type FunctionHost = {
  /** Resolves with the JSON text of what main returned; rejects with FunctionFailure. */
  invoke: (call: FunctionCall) => Promise<string>
  /** The run a gateway call comes from; undefined once it has answered. */
  invocationOf: (token: string) => Invocation | undefined
  /** Processes keep nothing across a reset. Running invocations die. */
  retireAll: () => void
  close: () => void
}

type HostOptions = {
  functions: DeployedFunctions
  entry: string
  clock: Clock
  coldMs: () => number
  gatewayUrl: string
  environment: Record<string, string>
  log: ((line: string) => void) | undefined
}

export const createFunctionHost = (options: HostOptions): FunctionHost => {
  const { functions, clock } = options
  const pools = new Map<string, { pool: Pool; version: string }>()
  const running = new Map<string, Invocation>()
  let isClosed = false

  const poolOf = (deployed: DeployedFunction): Pool => {
    const present = pools.get(deployed.name)
    if (present?.version === deployed.version) return present.pool
    present?.pool.retire(false)
    const pool = createPool(() => start(deployed, options), options.coldMs)
    pools.set(deployed.name, { pool, version: deployed.version })
    return pool
  }

  const invoke = async (call: FunctionCall): Promise<string> => {
    const requestId = call.requestId ?? randomUUID()
    const deployed = isClosed ? undefined : functions.find(call.name)
    if (!deployed) throw new FunctionFailure('not-found', requestId, `FunctionName parameter could not be found: ${call.name}`)
    const invocation: Invocation = {
      requestId, deployed, token: randomUUID(), source: call.source, openid: call.openid, calls: 0, kill: () => undefined,
    }
    running.set(invocation.token, invocation)
    const order = {
      requestId,
      event: JSON.stringify(call.event),
      environment: describeCaller(invocation, call.isTimer === true),
      context: describeContext(invocation, options.environment),
      shiftMs: call.asOf === undefined ? clock.shift() : call.asOf - Date.now(),
    }
    const ending = await poolOf(deployed).run(order, deployed.timeoutSeconds * 1000, (kill) => (invocation.kill = kill))
    running.delete(invocation.token)
    return readEnding(ending, invocation)
  }

  const sweep = setInterval(() => {
    for (const { pool } of pools.values()) pool.retireIdle(performance.now())
  }, 10_000)
  sweep.unref()

  const retireAll = (): void => {
    for (const { pool } of pools.values()) pool.retire(true)
    pools.clear()
  }
  return {
    invoke,
    invocationOf: (token) => running.get(token),
    retireAll,
    close: () => {
      isClosed = true
      clearInterval(sweep)
      retireAll()
    },
  }
}

const readEnding = (ending: Ending, { requestId, deployed }: Invocation): string => {
  if (ending.kind === 'result') return ending.result
  if (ending.kind === 'timeout') {
    throw new FunctionFailure('timeout', requestId, `Invoking task timed out after ${deployed.timeoutSeconds} seconds`)
  }
  if (ending.kind === 'crashed') throw new FunctionFailure('crashed', requestId, `the function's process ended (${ending.how})`)
  const stackTrace = ending.stack || `${ending.name}: ${ending.message}`
  throw new FunctionFailure('thrown', requestId, JSON.stringify({ errorCode: 1, errorMessage: 'user code exception caught', stackTrace }))
}

/** The variables that change with every invocation; the process drops those of the one before. */
const describeCaller = ({ token, source, openid }: Invocation, isTimer: boolean): Record<string, string> => ({
  WX_CONTEXT_KEYS: openid ? 'WX_OPENID,WX_APPID,WX_CLIENTIP,WX_API_TOKEN' : 'WX_APPID,WX_API_TOKEN',
  WX_APPID: appId,
  WX_API_TOKEN: token,
  TCB_SOURCE: source,
  ...(openid ? { WX_OPENID: openid, WX_CLIENTIP: '127.0.0.1' } : {}),
  ...(isTimer ? { TRIGGER_SRC: 'timer', WX_TRIGGER_API_TOKEN_V0: token } : {}),
})

const describeContext = ({ requestId, deployed }: Invocation, environment: Record<string, string>): Record<string, unknown> => ({
  callbackWaitsForEmptyEventLoop: false,
  request_id: requestId,
  function_name: deployed.name,
  function_version: '$LATEST',
  namespace: environmentId,
  memory_limit_in_mb: 256,
  time_limit_in_ms: deployed.timeoutSeconds * 1000,
  environment: JSON.stringify(environment),
})

// Nothing of this machine's environment reaches a function but what a process needs to start at all.
const machineKeys = ['PATH', 'SystemRoot']

const start = (deployed: DeployedFunction, { entry, clock, gatewayUrl, environment, log }: HostOptions) =>
  startFunctionProcess({
    entry,
    bundle: deployed.bundle,
    shiftMs: clock.shift(),
    log: log && ((line) => log(stampLine(deployed.name, line))),
    environment: {
      ...Object.fromEntries(machineKeys.flatMap((key) => (process.env[key] === undefined ? [] : [[key, process.env[key]]]))),
      TZ: 'UTC',
      ...environment,
      TENCENTCLOUD_RUNENV: 'SCF',
      TENCENTCLOUD_REGION: 'ap-shanghai',
      TENCENTCLOUD_SECRETID: 'local',
      TENCENTCLOUD_SECRETKEY: 'local',
      SCF_NAMESPACE: environmentId,
      TCB_ENV: environmentId,
      TCB_CONTEXT_KEYS: 'TCB_CONTEXT_CNFG,TCB_SOURCE,TCB_ENV',
      TCB_CONTEXT_CNFG: JSON.stringify({ URL: gatewayUrl }),
    },
  })

// What Node itself prints of a dying process carries no request.
const stampLine = (functionName: string, line: string): string => {
  const [, requestId = '-', text = line] = /^(-|[0-9a-f]{8}-[0-9a-f-]{27}) (.*)$/.exec(line) ?? []
  return `[${functionName} ${requestId}] ${text}`
}
