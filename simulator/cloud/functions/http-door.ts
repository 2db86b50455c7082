import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerBytes, answerJson, answerText } from '../http/answer'
import { readBody } from '../http/read-body'
import { appId, environmentId } from '../platform'
import type { FunctionHost } from './function-host'
import { FunctionFailure } from './invocation'

const largestBody = 6 * 1024 * 1024

/** `ANY /http/<function>/…`: the HTTP access service. Anyone may call; there is no openid. */
export const createHttpDoor = (host: FunctionHost) =>
  async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const [, , name = '', ...rest] = url.pathname.split('/')
    const body = await readBody(request, largestBody)
    const isText = isTextBody(body)
    const event = {
      path: `/${rest.join('/')}`,
      httpMethod: request.method,
      headers: request.headers,
      queryStringParameters: Object.fromEntries(url.searchParams),
      requestContext: { envId: environmentId, appId, uin: '0', requestId: '' },
      body: body.toString(isText ? 'utf8' : 'base64'),
      isBase64Encoded: !isText,
    }
    try {
      answerHttp(response, JSON.parse(await host.invoke({ name, event, source: 'wx_http' })))
    } catch (reason) {
      if (!(reason instanceof FunctionFailure)) throw reason
      const status = reason.kind === 'not-found' ? 404 : reason.kind === 'timeout' ? 504 : 500
      const code = reason.kind === 'not-found' ? 'INVALID_PATH' : 'FUNCTION_INVOCATION_FAILED'
      answerJson(response, { code, message: reason.details, requestId: reason.requestId }, status)
    }
  }

const isTextBody = (body: Buffer): boolean => Buffer.from(body.toString('utf8')).equals(body)

type IntegratedResponse = { statusCode: unknown; headers?: unknown; body?: unknown; isBase64Encoded?: unknown }

/** A string is text, an object with statusCode is a whole response, any other value is JSON. */
const answerHttp = (response: ServerResponse, result: unknown): void => {
  if (typeof result === 'string') return answerText(response, result, 200, 'text/plain; charset=utf-8')
  if (typeof result !== 'object' || result === null || !('statusCode' in result)) return answerJson(response, result)
  const { statusCode, headers = {}, body = '', isBase64Encoded } = result as IntegratedResponse
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const status = Number(statusCode)
  for (const [key, value] of Object.entries(headers as Record<string, unknown>)) response.setHeader(key, String(value))
  const contentType = String(response.getHeader('content-type') ?? 'text/plain; charset=utf-8')
  const bytes = Buffer.from(text, isBase64Encoded === true ? 'base64' : 'utf8')
  answerBytes(response, bytes, contentType, status >= 100 && status < 1000 ? status : 500)
}
