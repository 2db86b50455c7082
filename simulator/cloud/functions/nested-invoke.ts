import { appId } from '../platform'
import { PlatformError } from '../platform-error'
import type { FunctionHost } from './function-host'
import { FunctionFailure } from './invocation'
import type { FailureKind, Invocation } from './invocation'

const largestPayload = 6 * 1024 * 1024

const codes: Record<FailureKind, string> = {
  'not-found': 'FUNCTION_NOT_FOUND',
  thrown: 'FUNCTIONS_EXECUTE_FAIL',
  crashed: 'FUNCTIONS_EXECUTE_FAIL',
  timeout: 'FUNCTIONS_TIME_LIMIT_EXCEEDED',
}

/** cloud.callFunction of a function: the person who called the first one is still the caller, the chain says `scf`. */
export const createNestedInvoke = (host: FunctionHost) =>
  async (body: Record<string, unknown>, caller: Invocation | undefined): Promise<Record<string, unknown>> => {
    const { function_name: name, request_data: data } = body
    if (typeof name !== 'string') throw new PlatformError('INVALID_PARAM', 'function_name must be a string')
    const text = typeof data === 'string' ? data : ''
    if (Buffer.byteLength(text) > largestPayload) throw new PlatformError('INVALID_PARAM', 'data exceed max size')
    const given = text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
    const event = { ...given, userInfo: { appId, ...(caller?.openid ? { openId: caller.openid } : {}) } }
    const source = caller ? `${caller.source},scf` : 'scf'
    try {
      const result = await host.invoke({ name, event, source, openid: caller?.openid })
      if (Buffer.byteLength(result) > largestPayload) throw new PlatformError('FUNCTIONS_EXECUTE_FAIL', 'response size exceeds limit')
      return { data: { response_data: result } }
    } catch (reason) {
      if (reason instanceof FunctionFailure) throw new PlatformError(codes[reason.kind], reason.details)
      throw reason
    }
  }
