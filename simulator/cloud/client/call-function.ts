import { randomUUID } from 'node:crypto'
import type { FunctionHost } from '../functions/function-host'
import type { FunctionRules } from '../functions/function-rules'
import { FunctionFailure } from '../functions/invocation'
import { appId } from '../platform'

const mebibyte = 1024 * 1024
const largestResult = mebibyte
export const largestData = mebibyte

/** Words the platform has for its codes, as they stand in errMsg. */
const words: Record<number, string> = {
  [-404011]: 'cloud function execution error',
  [-501000]: 'resource system error',
  [-501007]: 'invalid parameters',
  [-501023]: 'permission denied',
  [-504002]: 'functions execute fail',
  [-504003]: 'functions time limit exceeded',
  [-604001]: 'response size exceeds limit',
}

/** JSON text of `{errCode, errMsg}`, in the form wx.cloud.callFunction fails with. */
export const writeClientFailure = (errCode: number, details: string): string =>
  JSON.stringify({ errCode, errMsg: `cloud.callFunction:fail Error: errCode: ${errCode} ${words[errCode]} | errMsg: ${details}` })

export type CallAsPerson = (openid: string, name: string, data: unknown) => Promise<{ requestId: string; text: string }>

/** What wx.cloud.callFunction does. `text` is the JSON of `{result}` or `{errCode, errMsg}`; it never rejects for a function's fault. */
export const createCallAsPerson = (host: FunctionHost, mayInvoke: FunctionRules): CallAsPerson => {
  const call = async (openid: string, name: string, data: unknown, requestId: string): Promise<string> => {
    if (!mayInvoke(name)) return writeClientFailure(-501023, `${name} may not be called from a phone; at cloud.callFunction api;`)
    if (typeof data !== 'object' || data === null || Array.isArray(data)) return writeClientFailure(-501007, 'data must be an object')
    // Whatever a phone says about who it is, the platform says last.
    const event = { ...data, userInfo: { appId, openId: openid } }
    try {
      const result = await host.invoke({ name, event, source: 'wx_client', openid, requestId })
      if (Buffer.byteLength(result) > largestResult) return writeClientFailure(-604001, `the result of ${name} is over 1 MB`)
      return `{"result":${result}}`
    } catch (reason) {
      if (reason instanceof FunctionFailure) return writeFailure(reason)
      // Node writes JSON by recursion: what is nested some thousand deep has no text.
      if (reason instanceof RangeError) return writeClientFailure(-501007, 'data is nested too deeply')
      throw reason
    }
  }
  return async (openid, name, data) => {
    const requestId = randomUUID()
    return { requestId, text: await call(openid, name, data, requestId) }
  }
}

const writeFailure = ({ kind, requestId, details }: FunctionFailure): string => {
  if (kind === 'not-found') return writeClientFailure(-501000, details)
  if (kind === 'timeout') return writeClientFailure(-504003, details)
  if (kind === 'crashed') return writeClientFailure(-504002, `requestID ${requestId}, ${details}`)
  const report = `cloud.callFunction:fail requestID ${requestId}, cloud function service error code -504002, error message ${details}`
  return writeClientFailure(-404011, `${report}; at cloud.callFunction api;`)
}
