import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { CallLog } from '../call-log'
import type { Database } from '../database/database'
import type { Faults } from '../faults'
import type { Invocation } from '../functions/invocation'
import { answerBytes, answerText } from '../http/answer'
import { parseMultipart } from '../http/multipart'
import { readBody } from '../http/read-body'
import type { PayCall, PayReply } from '../pay/pay-reply'
import { replyRefusal } from '../pay/pay-reply'
import { PlatformError } from '../platform-error'
import type { StorageActions } from '../storage/storage-actions'

type Body = Record<string, unknown>
type Answer = { json: Record<string, unknown> } | { bytes: Buffer }

type GatewayOptions = {
  invocationOf: (token: string) => Invocation | undefined
  invokeNested: (body: Body, caller: Invocation | undefined) => Promise<Record<string, unknown>>
  openapi: (apiName: string, requestData: Buffer, caller: Invocation | undefined) => Promise<Buffer>
  payCalls: Record<string, PayCall>
  storageActions: StorageActions
  database: Database
  faults: Faults
  calls: CallLog
  now: () => number
}

/** `POST /admin`: everything a function asks of the platform through wx-server-sdk comes here. */
export const createGateway = (options: GatewayOptions) => {
  const { faults, calls, database } = options

  const pay = async (body: Body, caller: Invocation | undefined): Promise<Answer> => {
    const apiName = String(body.apiName)
    const call = Object.hasOwn(options.payCalls, apiName) ? options.payCalls[apiName] : undefined
    if (!call) throw new PlatformError('INVALID_PARAM', `cloudPay has no ${apiName}`)
    const args = JSON.parse(body.requestData as string) as Body
    const failure = faults.takeApiFailure(apiName) ?? faults.takeApiFailure(`cloudPay.${apiName}`)
    if (typeof failure === 'number') throw new PlatformError('SYS_ERR', `wx api error: ${failure}`)
    const reply = failure ? replyRefusal(String(args.sub_mch_id), failure, failure) : await call(args, { openid: caller?.openid })
    return { bytes: encodePayReply(reply) }
  }

  const perform = async (action: string, body: Body, caller: Invocation | undefined): Promise<Answer> => {
    if (action === 'wx.openApi') return { bytes: await options.openapi(String(body.apiName), body.requestBytes as Buffer, caller) }
    if (action === 'wx.wxPayApi') return pay(body, caller)
    const failure = faults.takeApiFailure(action)
    if (failure !== undefined) throw new PlatformError(String(failure), 'told to fail by /control/fault')
    if (action.startsWith('database.')) return { json: await database.run(action, body) }
    if (action === 'functions.invokeFunction') return { json: await options.invokeNested(body, caller) }
    const store = Object.hasOwn(options.storageActions, action) ? options.storageActions[action] : undefined
    if (!store) throw new PlatformError('INVALID_PARAM', `the gateway has no action ${action}`)
    return { json: await store(body) }
  }

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const requestId = randomUUID()
    let body: Body = {}
    let caller: Invocation | undefined
    let code: string | undefined
    let answer: Answer
    let began = 0
    try {
      body = await readGatewayBody(request)
      caller = findCaller(body, options.invocationOf)
      if (caller && isKilled(caller, 'before', ++caller.calls, request)) return
      if (faults.perCallMs() > 0) await new Promise((resolve) => setTimeout(resolve, faults.perCallMs()))
      began = performance.now()
      answer = await perform(String(body.action), body, caller)
    } catch (reason) {
      code = reason instanceof PlatformError ? reason.code : 'SYS_ERR'
      answer = { json: { code, message: reason instanceof Error ? reason.message : String(reason) } }
    }
    logCall(body, caller, began, code)
    if (caller && isKilled(caller, 'after', caller.calls, request)) return
    if ('bytes' in answer) answerBytes(response, answer.bytes, 'application/octet-stream')
    else answerText(response, JSON.stringify({ requestId, ...answer.json }))
  }

  const isKilled = (caller: Invocation, moment: 'before' | 'after', call: number, request: IncomingMessage): boolean => {
    if (!faults.takeKill(caller.deployed.name, moment, call)) return false
    caller.kill()
    request.socket.destroy()
    return true
  }

  const logCall = (body: Body, caller: Invocation | undefined, began: number, code: string | undefined): void =>
    calls.add({
      at: options.now(),
      requestId: caller?.requestId ?? '',
      function: caller?.deployed.name ?? '',
      action: String(body.action ?? ''),
      on: String(body.collectionName ?? body.apiName ?? body.function_name ?? body.path ?? ''),
      ms: began === 0 ? 0 : Math.round((performance.now() - began) * 1000) / 1000,
      ...(code === undefined ? {} : { code }),
    })

  return serve
}

const readGatewayBody = async (request: IncomingMessage): Promise<Body> => {
  const bytes = await readBody(request)
  const contentType = request.headers['content-type'] ?? ''
  if (!contentType.startsWith('multipart/')) return parseBody(bytes)
  const { fields } = await parseMultipart(bytes, contentType)
  const body: Body = { requestBytes: fields.requestData ?? Buffer.alloc(0) }
  for (const [name, value] of Object.entries(fields)) body[name] = value.toString('utf8')
  return body
}

const parseBody = (bytes: Buffer): Body => {
  try {
    const body = JSON.parse(bytes.toString('utf8')) as unknown
    if (typeof body === 'object' && body !== null) return body as Body
  } catch {
    // Said below, as for any other body that is no object.
  }
  throw new PlatformError('INVALID_PARAM', 'the body must be a JSON object')
}

const findCaller = ({ wxCloudApiToken: token }: Body, invocationOf: GatewayOptions['invocationOf']): Invocation | undefined => {
  // A call without a token comes from no function: a script on this machine that uses the SDK directly.
  if (typeof token !== 'string' || token === '') return undefined
  const caller = invocationOf(token)
  // The cloud freezes a function once it has answered; what it forgot to await may never run.
  if (!caller) throw new PlatformError('INVALID_REQUEST_SOURCE', 'the function that asks has answered already: await every call')
  return caller
}

const encodePayReply = (reply: PayReply): Buffer => (Buffer.isBuffer(reply) ? reply : Buffer.from(JSON.stringify(reply)))
