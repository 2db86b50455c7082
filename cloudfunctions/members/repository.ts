import type { Caller } from '../_shared/caller'
import { collection, type Stored } from '../_shared/db'
import { environmentVault } from '../_shared/vault'
import type { Privacy } from './privacy'

/** What somebody agreed to before the company knew them; it moves to the member, and is removed here. Named by a keyed hash. */
export type GuestPrivacy = Stored & Privacy
export const consents = collection<GuestPrivacy>('consents')

export const guestId = (openid: string): string => environmentVault().hash('guest', openid).slice(0, 32)

/** Which privacy guide the caller agreed to. A round trip for strangers only. */
export const privacyOf = async ({ member, openid }: Caller): Promise<Privacy | null> =>
  member ? member.privacy : consents.get(guestId(openid))
