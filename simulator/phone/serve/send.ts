import fs from 'node:fs'
import { type ServerResponse } from 'node:http'
import path from 'node:path'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.map': 'application/json',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.gif': 'image/gif',
  '.woff2': 'font/woff2',
  '.mp3': 'audio/mpeg',
}

export const sendText = (response: ServerResponse, text: string, extension: string, headers: Record<string, string> = {}): void => {
  response.writeHead(200, { 'content-type': TYPES[extension] ?? 'text/plain', 'cache-control': 'no-store', ...headers })
  response.end(text)
}

export const sendNothing = (response: ServerResponse): void => {
  response.writeHead(404)
  response.end()
}

/** `isLasting`: the address changes with the content, or the content never does. */
export const sendFile = (response: ServerResponse, file: string, isLasting: boolean): void => {
  if (!fs.existsSync(file) || !fs.statSync(file).isFile()) return sendNothing(response)
  response.writeHead(200, {
    'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream',
    'cache-control': isLasting ? 'max-age=31536000, immutable' : 'no-store',
  })
  fs.createReadStream(file).pipe(response)
}
