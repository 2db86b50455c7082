import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

type Permission = 'get' | 'put'

export type PathSigner = {
  /** A URL segment that lets its bearer do one thing with one file until `expiresAt` (milliseconds). */
  sign: (permission: Permission, path: string, expiresAt: number) => string
  /** The path and its remaining time; undefined when forged, for another permission or expired. */
  verify: (permission: Permission, segment: string, now: number) => { path: string; leftMs: number } | undefined
}

/** Links die with the process that gave them: its key is never written down. */
export const createPathSigner = (): PathSigner => {
  const key = randomBytes(32)
  const seal = (permission: Permission, path: string, expiry: string): Buffer =>
    createHmac('sha256', key).update(`${permission}\n${expiry}\n${path}`).digest()
  return {
    sign: (permission, path, expiresAt) => {
      const expiry = Math.floor(expiresAt).toString(36)
      return `${Buffer.from(path).toString('base64url')}.${expiry}.${seal(permission, path, expiry).toString('base64url')}`
    },
    verify: (permission, segment, now) => {
      const [encoded = '', expiry = '', signature = ''] = segment.split('.')
      const path = Buffer.from(encoded, 'base64url').toString()
      const given = Buffer.from(signature, 'base64url')
      const expected = seal(permission, path, expiry)
      const leftMs = Number.parseInt(expiry, 36) - now
      if (given.length !== expected.length || !timingSafeEqual(given, expected) || !(leftMs > 0)) return undefined
      return { path, leftMs }
    },
  }
}
