import https from 'node:https'
import { counted } from './invocation'

/** Posts JSON to a server that is not WeChat Cloud. Throws when it does not answer 200 with a JSON object within `timeoutMs`. */
export const postJson = (url: string, body: object, timeoutMs: number): Promise<Record<string, unknown>> =>
  counted(() => new Promise((resolve, reject) => {
    const content = JSON.stringify(body)
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(content) }
    const request = https.request(url, { method: 'POST', headers }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        if (response.statusCode !== 200) return reject(new Error(`answered ${response.statusCode}`))
        try {
          resolve(JSON.parse(Buffer.concat(chunks).toString('utf8')) as Record<string, unknown>)
        } catch (error) {
          reject(error as Error)
        }
      })
    })
    // Of the whole exchange: the request's own timeout would only notice silence.
    const deadline = setTimeout(() => request.destroy(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs)
    request.on('close', () => clearTimeout(deadline))
    request.on('error', reject)
    request.end(content)
  }))
