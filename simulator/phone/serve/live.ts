import { type ServerResponse } from 'node:http'

export type LiveEvent = { kind: 'state'; version: string; mistake?: string } | { kind: 'clock'; now: number }

/** Keeps the open pages told of new versions, mistakes and the clock, by server-sent events. */
type Live = { add(response: ServerResponse): void; tell(event: LiveEvent): void; close(): void }

const CLOCK_CHECK_MS = 500
const CLOCK_SLACK_MS = 250

export const openLive = (now: () => number, state: () => LiveEvent): Live => {
  const clients = new Set<ServerResponse>()
  let offset = now() - Date.now()
  const tell = (event: LiveEvent): void => {
    for (const client of clients) client.write(`data: ${JSON.stringify(event)}\n\n`)
  }
  // The cloud's clock is asked, not followed: whoever sets it need not know who looks at it.
  const timer = setInterval(() => {
    const fresh = now() - Date.now()
    if (Math.abs(fresh - offset) < CLOCK_SLACK_MS) return
    offset = fresh
    tell({ kind: 'clock', now: now() })
  }, CLOCK_CHECK_MS)
  timer.unref()
  return {
    add: (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      response.write(`data: ${JSON.stringify({ kind: 'clock', now: now() })}\n\ndata: ${JSON.stringify(state())}\n\n`)
      clients.add(response)
      response.on('close', () => clients.delete(response))
    },
    tell,
    close: () => {
      clearInterval(timer)
      for (const client of clients) client.end()
    },
  }
}
