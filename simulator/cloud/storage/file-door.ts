import type { IncomingMessage, ServerResponse } from 'node:http'
import { answerJson } from '../http/answer'
import { readBody } from '../http/read-body'
import type { PathSigner } from './signed-path'
import type { Storage } from './storage'

const largestFile = 50 * 1024 * 1024

/** `GET /file/<signed>` serves a file to whoever holds its link; `PUT /file/<signed>` is where the SDK's uploads end. */
export const createFileDoor = (storage: Storage, signer: PathSigner, now: () => number) => {
  const serve = async (segment: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const link = signer.verify('get', segment, now())
    if (!link) return answerJson(response, { message: 'this link is not valid, or no longer' }, 403)
    const file = storage.find(link.path)
    if (!file) return answerJson(response, { message: 'no such file' }, 404)
    const content = await storage.read(link.path)
    response.writeHead(200, {
      'content-type': file.contentType,
      'content-length': content.length,
      'cache-control': `private, max-age=${Math.floor(link.leftMs / 1000)}`,
      // An uploaded file shares the phone's origin: whatever it holds, it runs nothing.
      'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
      'x-content-type-options': 'nosniff',
    })
    response.end(request.method === 'HEAD' ? undefined : content)
  }

  const accept = async (segment: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const link = signer.verify('put', segment, now())
    if (!link) return answerStorageError(response, 403, 'AccessDenied', 'this upload was not announced, or too long ago')
    await storage.write(link.path, await readBody(request, largestFile), '')
    // The SDK reads anything in the body as an error.
    response.writeHead(200, { 'content-length': 0 })
    response.end()
  }

  return async (segment: string, request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method === 'PUT') return accept(segment, request, response)
    if (request.method === 'GET' || request.method === 'HEAD') return serve(segment, request, response)
    answerJson(response, { message: `${request.method} is not for files` }, 405)
  }
}

const answerStorageError = (response: ServerResponse, status: number, code: string, message: string): void => {
  const text = `<Error><Code>${code}</Code><Message>${message}</Message><RequestId>local</RequestId><TraceId>local</TraceId></Error>`
  response.writeHead(status, { 'content-type': 'application/xml', 'content-length': Buffer.byteLength(text) })
  response.end(text)
}
