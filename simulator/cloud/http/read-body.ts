import type { IncomingMessage } from 'node:http'
import * as z from 'zod'
import { DoorRefusal } from './door-refusal'

const mebibyte = 1024 * 1024
const largestBody = 64 * mebibyte

/** Reads a request to its end. More than `limit` bytes: refused with 413, the rest is read and forgotten. */
export const readBody = (request: IncomingMessage, limit = largestBody): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let size = 0
    request.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size <= limit) chunks.push(chunk)
    })
    request.on('end', () => {
      if (size > limit) return reject(new DoorRefusal(`the body is ${size} bytes; at most ${limit} are taken`, 413))
      resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks))
    })
    request.on('error', reject)
  })

export const parseJsonObject = (body: Buffer): Record<string, unknown> => {
  let value: unknown
  try {
    value = JSON.parse(body.toString('utf8'))
  } catch {
    throw new DoorRefusal('the body must be JSON')
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new DoorRefusal('the body must be a JSON object')
  return value as Record<string, unknown>
}

/** Reads a JSON body of a known shape; what is wrong with another one is said in a sentence. */
export const readShape = async <T>(request: IncomingMessage, shape: z.ZodType<T>): Promise<T> => {
  const parsed = shape.safeParse(parseJsonObject(await readBody(request)))
  if (parsed.success) return parsed.data
  throw new DoorRefusal(parsed.error.issues.map(describeIssue).join('; '))
}

/** Of several allowed forms, the one that was nearest tells what was meant. */
const describeIssue = (issue: z.core.$ZodIssue): string => {
  if (issue.code === 'invalid_union') {
    const [nearest] = [...issue.errors].sort((a, b) => a.length - b.length)
    if (nearest) return nearest.map(describeIssue).join('; ')
  }
  return `${issue.path.join('.') || 'body'}: ${issue.message}`
}

// The SDK turns an all-digit openid into a number, so such a one could never be told apart from a bug.
export const openidRule = 'must be an openid (letters, digits, _ and -, not digits alone)'
export const openidShape = z.string().regex(/^(?!\d+$)[A-Za-z0-9_-]{1,64}$/, openidRule)
