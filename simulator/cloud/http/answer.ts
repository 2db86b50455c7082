import type { ServerResponse } from 'node:http'

export const answerText = (response: ServerResponse, text: string, status = 200, contentType = 'application/json; charset=utf-8'): void => {
  response.writeHead(status, { 'content-type': contentType, 'content-length': Buffer.byteLength(text) })
  response.end(text)
}

export const answerJson = (response: ServerResponse, value: unknown, status = 200): void =>
  answerText(response, JSON.stringify(value), status)

export const answerBytes = (response: ServerResponse, bytes: Buffer, contentType: string, status = 200): void => {
  response.writeHead(status, { 'content-type': contentType, 'content-length': bytes.length })
  response.end(bytes)
}
