import type { Faults } from '../faults'
import type { Invocation } from '../functions/invocation'
import { decodeArguments, encodeBinaryReply, encodeJsonReply, encodePlatformRefusal } from './openapi-wire'
import type { OpenapiArguments } from './openapi-wire'

export type OpenapiReply = { json: { errcode: number; errmsg: string } & Record<string, unknown> } | { binary: Buffer; contentType: string }
export type OpenapiCall = (args: OpenapiArguments) => OpenapiReply | Promise<OpenapiReply>

export const succeed = (fields: Record<string, unknown> = {}): OpenapiReply => ({ json: { errcode: 0, errmsg: 'ok', ...fields } })
export const fail = (errcode: number, errmsg: string): OpenapiReply => ({ json: { errcode, errmsg } })

const unknownApi = -604100
const notPermitted = -604101
const illegalSource = -604104

/** WeChat's server APIs, called through the cloud: only names the calling function's config.json lists, as on the platform. */
export const createOpenapi = (calls: Record<string, OpenapiCall>, faults: Faults) =>
  async (apiName: string, requestData: Buffer, caller: Invocation | undefined): Promise<Buffer> => {
    const call = Object.hasOwn(calls, apiName) ? calls[apiName] : undefined
    if (!call) return encodePlatformRefusal(unknownApi)
    if (!caller) return encodePlatformRefusal(illegalSource)
    if (!caller.deployed.openapi.has(apiName)) return encodePlatformRefusal(notPermitted)
    const args = decodeArguments(requestData)
    const errcode = faults.takeApiFailure(apiName)
    const reply = errcode === undefined ? await call(args) : fail(Number(errcode), 'told to fail by /control/fault')
    return 'binary' in reply ? encodeBinaryReply(reply.binary, reply.contentType) : encodeJsonReply(reply.json)
  }
