import * as z from 'zod'
import type { Faults } from '../faults'
import type { Outbox } from '../outbox'
import { answerJson } from '../http/answer'
import type { Door } from '../http/door'
import { readBody } from '../http/read-body'

/** How `/control/fault` calls it: `{kind: 'api', name: 'qyapi.webhook.send', errcode}`; errcode "timeout" never answers. */
const faultName = 'qyapi.webhook.send'
const timesAMinute = 20
const mostBytes = 2_048
const key = z.uuid()
const textMessage = z.object({ msgtype: z.literal('text'), text: z.object({ content: z.string().min(1) }) })

/**
 * 企业微信's group robot, developer.work.weixin.qq.com/document/path/91770: texts of at most 2048 bytes, at most 20 a minute. Errors are
 * HTTP 200 with an errcode. Kinds of message other than text are refused here, since the product sends none.
 */
export const createGroupRobot = (outbox: Outbox, faults: Faults, now: () => number): Door =>
  async (request, response) => {
    const robotKey = new URL(request.url!, 'http://local').searchParams.get('key') ?? ''
    const body = await readBody(request)
    const failure = faults.takeApiFailure(faultName)
    if (failure === 'timeout') return
    if (typeof failure === 'string') return answerJson(response, {}, 502)
    const [errcode, errmsg] = failure !== undefined ? [failure, 'told to fail by /control/fault'] : judge(robotKey, body, outbox, now())
    if (errcode === 0) await outbox.add({ kind: 'robot', key: robotKey, content: textMessage.parse(JSON.parse(body.toString('utf8'))).text.content })
    answerJson(response, { errcode, errmsg })
  }

const judge = (robotKey: string, body: Buffer, outbox: Outbox, now: number): [number, string] => {
  if (!key.safeParse(robotKey).success) return [93000, 'invalid webhook url']
  const message = textMessage.safeParse(parse(body))
  if (!message.success) return [40058, 'invalid Request Parameter']
  if (Buffer.byteLength(message.data.text.content) > mostBytes) return [40058, 'text.content exceed max length 2048. invalid Request Parameter']
  const lately = outbox.list().filter((sent) => sent.kind === 'robot' && sent.key === robotKey && Date.parse(sent.at) > now - 60_000)
  return lately.length < timesAMinute ? [0, 'ok'] : [45009, 'api freq out of limit']
}

const parse = (body: Buffer): unknown => {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return undefined
  }
}
