import { createHash } from 'node:crypto'

/** Who this cloud is: the names a real account would have been given. */
export const appId = 'wx1111aaaa2222bbbb'
export const environmentId = 'local-env'
export const bucket = `${environmentId}.6c6f-local-env-1250000000`
export const filePrefix = `cloud://${bucket}/`

/** A phone number for somebody no seed knows; the same one every time. */
export const inventPhone = (openid: string): string =>
  `199${String(createHash('sha256').update(openid).digest().readUInt32BE() % 100_000_000).padStart(8, '0')}`
