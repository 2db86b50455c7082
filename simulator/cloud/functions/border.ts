// Part of what a function process starts with: only Node's own imports.
import http from 'node:http'
import https from 'node:https'
import net from 'node:net'

/** Servers of the outside world that the local cloud plays (`simulator/cloud/outside/`). */
export const playedHosts = ['qyapi.weixin.qq.com']
/** Names the run that asks; the cloud does not say so to the real ones. */
export const runHeader = 'x-linli-run'

type Callback = (response: http.IncomingMessage) => void
/** `(url, callback)`, `(url, options, callback)` or `(options, callback)`. */
type RequestArguments = [string | URL | https.RequestOptions, ...(https.RequestOptions | Callback)[]]

const urlOf = ({ hostname, host, path }: https.RequestOptions): URL => new URL(path ?? '/', `https://${hostname ?? host ?? 'localhost'}`)

/** What a function asks of a played server goes to the gateway instead, unencrypted; no other host can be reached at all. */
export const closeBorder = (gateway: URL): void => {
  const request = https.request
  const redirected = (...given: RequestArguments): http.ClientRequest => {
    const [first, ...rest] = given
    const isUrl = typeof first === 'string' || first instanceof URL
    const options: https.RequestOptions = isUrl ? rest.find((part): part is https.RequestOptions => typeof part === 'object') ?? {} : first
    const callback = rest.find((part): part is Callback => typeof part === 'function')
    const url = isUrl ? new URL(first) : urlOf(options)
    if (!playedHosts.includes(url.hostname)) return (request as (...parts: unknown[]) => http.ClientRequest)(...given)
    return http.request({
      method: options.method, timeout: options.timeout, signal: options.signal, hostname: gateway.hostname, port: gateway.port,
      path: `/outside/${url.hostname}${url.pathname}${url.search}`,
      headers: { ...options.headers, [runHeader]: process.env.WX_API_TOKEN ?? '' },
    }, callback)
  }
  Object.assign(https, {
    request: redirected,
    get: (...given: RequestArguments) => {
      const sent = redirected(...given)
      sent.end()
      return sent
    },
  })
  closeSockets(gateway.hostname)
}

const hostOf = (parts: unknown[]): string => {
  const [target, second] = (Array.isArray(parts[0]) ? parts[0] : parts) as [unknown, unknown]
  if (typeof target === 'object' && target !== null) {
    const { host, path } = target as net.TcpNetConnectOpts & net.IpcNetConnectOpts
    return host ?? path ?? 'localhost'
  }
  return typeof second === 'string' ? second : 'localhost'
}

const closeSockets = (gateway: string): void => {
  const connect = net.Socket.prototype.connect as (...parts: unknown[]) => net.Socket
  net.Socket.prototype.connect = function (this: net.Socket, ...parts: unknown[]): net.Socket {
    const host = hostOf(parts)
    if (host === gateway) return connect.apply(this, parts)
    const complaint = `A function asked for ${host}: the local cloud lets nothing out, and plays only ${playedHosts.join(', ')} (through node:https)`
    process.stderr.write(`${complaint}\n`)
    process.nextTick(() => this.destroy(new Error(complaint)))
    return this
  } as typeof net.Socket.prototype.connect
}
