import http from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Door } from './door'
import { answerJson } from './answer'
import { DoorRefusal } from './door-refusal'
import { createLocalGuard } from './local-only'

type HttpServer = {
  url: string
  /** From now on requests go through this door; those that came before are told to wait. */
  answer: (door: Door) => void
  close: () => Promise<void>
}

const address = '127.0.0.1'

/** Listens on this machine only, refuses everybody else's pages, and turns what a door throws into an answer. */
export const listenLocally = async (port: number): Promise<HttpServer> => {
  const server = http.createServer({ keepAliveTimeout: 120_000, requestTimeout: 0, noDelay: true })
  let route: Door = async (_request, response) => answerJson(response, { message: 'the cloud is starting' }, 503)
  let isLocal: (request: http.IncomingMessage) => boolean = () => false

  server.on('request', (request, response) => {
    if (!isLocal(request)) return answerJson(response, { message: 'only pages and programs of this machine are answered' }, 403)
    route(request, response).catch((reason: unknown) => {
      if (response.headersSent || response.destroyed) return void response.destroy()
      const message = reason instanceof Error ? reason.message : String(reason)
      answerJson(response, { message }, reason instanceof DoorRefusal ? reason.status : 500)
    })
  })
  server.on('clientError', (_reason, socket) => void socket.destroy())

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, address, resolve)
  })
  const taken = (server.address() as AddressInfo).port
  isLocal = createLocalGuard(taken)
  return {
    url: `http://${address}:${taken}`,
    answer: (door) => void (route = door),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
