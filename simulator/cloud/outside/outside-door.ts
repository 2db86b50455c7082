import type { CallLog } from '../call-log'
import type { Invocation } from '../functions/invocation'
import { runHeader } from '../functions/border'
import { answerJson } from '../http/answer'
import type { Door } from '../http/door'

type Options = { servers: Record<string, Door>; invocationOf: (token: string) => Invocation | undefined; calls: CallLog; now: () => number }

/** `/outside/<host>/…`: what functions asked of servers that are not WeChat's cloud (see `functions/border.ts`). `servers`: by method, host and path. */
export const createOutsideDoor = ({ servers, invocationOf, calls, now }: Options): Door =>
  async (request, response) => {
    const asker = invocationOf(String(request.headers[runHeader] ?? ''))
    if (!asker) return answerJson(response, { message: 'only a running function gets out' }, 403)
    const server = `${request.method} ${request.url!.split('?')[0]!.slice('/outside/'.length)}`
    const began = performance.now()
    const play = Object.hasOwn(servers, server) ? servers[server] : undefined
    if (play) await play(request, response)
    else answerJson(response, { message: `the local cloud does not play ${server}` }, 404)
    calls.add({
      at: now(), requestId: asker.requestId, function: asker.deployed.name, action: 'https', on: server, ms: Math.round((performance.now() - began) * 1000) / 1000,
      ...(play ? {} : { code: 'NOT_PLAYED' }),
    })
  }
