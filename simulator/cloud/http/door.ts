import type { IncomingMessage, ServerResponse } from 'node:http'

/** Answers a request whole. What it throws is answered for it. */
export type Door = (request: IncomingMessage, response: ServerResponse) => Promise<void>
