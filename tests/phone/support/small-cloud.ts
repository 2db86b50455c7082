import http from 'node:http'
import { type AddressInfo } from 'node:net'
import { startPhone, type Phone, type PhoneOptions } from '../../../simulator/phone/phone'

type Call = { path: string; body: Record<string, unknown> }

/** Just enough of the cloud's doors to hold the phone in a hand: every call is kept, answers are fixed. */
export type SmallCloud = { url: string; phone: Phone; calls: Call[]; setNow(now: number | undefined): void; close(): Promise<void> }

const PEOPLE = [
  { key: 'wang', openid: 'oWang', name: '王建国', title: '业主 3-2-501', phone: '13800000001' },
  { key: 'chen', openid: 'oChen', name: '陈师傅', title: '维修', phone: '13800000002' },
]

const ANSWERS: Record<string, (body: Record<string, unknown>) => unknown> = {
  '/client/call': ({ name, data, openid }) =>
    name === 'home'
      ? { result: { text: `您好 ${String(openid)} ${JSON.stringify(data)}` }, requestID: 'r1' }
      : { errCode: -501000, errMsg: `FunctionName ${String(name)} not found` },
  '/control/order': () => ({ outTradeNo: 'T1', totalFee: 1280, body: '物业费', merchant: '邻里物业' }),
  '/client/phone-code': () => ({ code: 'phone-code-1' }),
  '/client/temp-url': ({ fileList }) => ({
    fileList: (fileList as string[]).map((fileID) => ({ fileID, tempFileURL: '/phone/files/assets/door.svg', status: 0, errMsg: 'ok' })),
  }),
  '/control/people': () => ({ people: PEOPLE }),
  '/control/templates': () => ({ titles: { 'tmpl-repair': '报修进度通知' } }),
  '/control/outbox': () => ({
    messages: [
      {
        seq: 1,
        at: '2026-03-05T02:00:00.000Z',
        kind: 'subscription',
        templateId: 'tmpl-repair',
        page: 'features/forms/pages/native-form/native-form?from=message',
        data: { thing1: { value: '厨房漏水' }, phrase2: { value: '已派单' } },
      },
    ],
  }),
}

export const startSmallCloud = async (options: Omit<PhoneOptions, 'people' | 'now'>, port = 0): Promise<SmallCloud> => {
  const calls: Call[] = []
  let offset = 0
  const phone = await startPhone({ ...options, people: () => PEOPLE, now: () => Date.now() + offset })
  const server = http.createServer((request, response) => {
    void phone.serve(request, response).then(async (isServed) => {
      if (isServed) return
      const body = await readBody(request)
      const path = new URL(request.url ?? '/', 'http://cloud').pathname
      calls.push({ path, body })
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(ANSWERS[path]?.(body) ?? {}))
    })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    phone,
    calls,
    setNow: (now) => void (offset = now === undefined ? 0 : now - Date.now()),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      await phone.close()
    },
  }
}

const readBody = async (request: http.IncomingMessage): Promise<Record<string, unknown>> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString()
  return text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {}
}
