import protobuf from 'protobufjs'
import { PlatformError } from '../platform-error'

const { root } = protobuf.parse(`
syntax = "proto3";
message KeyValuePair { string key = 1; bytes value = 2; string contenttype = 3; string filename = 4; }
message OpenApiData { repeated KeyValuePair pairs = 1; }
message CommApiData { int32 api_type = 1; OpenApiData openapi_data = 2; string appid = 6; }
message CommOpenApiResp { bytes resp_data = 1; string content_type = 2; int32 error_code = 3; uint32 http_code = 4; }
`)
const Request = root.lookupType('CommApiData')
const Response = root.lookupType('CommOpenApiResp')

/** Arguments as WeChat's servers see them: snake_case keys, JSON values; a picture arrives as bytes. */
export type OpenapiArguments = Record<string, unknown>

type Pair = { key: string; value: Buffer; filename: string }

export const decodeArguments = (requestData: Buffer): OpenapiArguments => {
  let pairs: Pair[]
  try {
    const { openapiData } = Request.toObject(Request.decode(requestData), { defaults: true }) as { openapiData: { pairs: Pair[] } | null }
    pairs = openapiData?.pairs ?? []
  } catch {
    throw new PlatformError('INVALID_PARAM', 'requestData is not the protobuf of an openapi call')
  }
  return Object.fromEntries(pairs.map(({ key, value, filename }) => [key, filename ? value : parseValue(value)]))
}

const parseValue = (value: Buffer): unknown => {
  const text = value.toString('utf8')
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

const encode = (fields: Record<string, unknown>): Buffer => Buffer.from(Response.encode(Response.create(fields)).finish())

export const encodeJsonReply = (reply: Record<string, unknown>): Buffer =>
  encode({ respData: Buffer.from(JSON.stringify(reply)), contentType: 'application/json', httpCode: 200 })

export const encodeBinaryReply = (content: Buffer, contentType: string): Buffer =>
  encode({ respData: content, contentType, httpCode: 200 })

/** A refusal by the platform itself, such as -604101; it reaches the caller as errCode. */
export const encodePlatformRefusal = (errorCode: number): Buffer => encode({ errorCode, httpCode: 200 })
