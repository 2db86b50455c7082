import { createHash } from 'node:crypto'
import type { Caller } from '../_shared/caller'

export const feature = 'repairs'

/** The same intention always makes the same id: a double tap or a retry finds what it already made. */
export const idFor = (caller: Caller, requestId: string): string =>
  createHash('sha256').update(`${caller.openid}/${requestId}`).digest('hex').slice(0, 32)
