import type { IncomingMessage } from 'node:http'

const localHosts = ['127.0.0.1', 'localhost', '[::1]']

/**
 * Decides whether a request comes from this machine's own pages and programs. A page of another site open in the same
 * browser can reach this port too: it shows itself by Origin or Sec-Fetch-Site, or by a Host name it has rebound to us.
 */
export const createLocalGuard = (port: number): ((request: IncomingMessage) => boolean) => {
  const hosts = new Set(localHosts.flatMap((host) => (port === 80 ? [host, `${host}:80`] : [`${host}:${port}`])))
  const origins = new Set([...hosts].map((host) => `http://${host}`))
  return ({ headers, method }) => {
    if (!hosts.has(headers.host ?? '')) return false
    if (headers.origin !== undefined && !origins.has(headers.origin)) return false
    const isCrossSite = headers['sec-fetch-site'] === 'cross-site' || headers['sec-fetch-site'] === 'same-site'
    // Following a link to the simulator is fine; being embedded, fetched or submitted to by another site is not.
    return !isCrossSite || (method === 'GET' && headers['sec-fetch-dest'] === 'document')
  }
}
