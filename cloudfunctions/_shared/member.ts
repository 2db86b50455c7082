import { collection, type Stored } from './db'
import type { Sealed } from './crypto'
import type { Relation, StaffRole } from './roles'

export type Residency = {
  houseId: string
  communityId: string
  communityName: string
  /** As residents say it: 3号楼2单元501 */
  houseLabel: string
  relation: Relation
  /** Last day (Shanghai) the person belongs to the house; null for as long as nothing changes. */
  endsOn: string | null
}

export type Post = { role: StaffRole; communityId: string; communityName: string }

/** A person the company knows: one document holds their houses and their post, so that knowing who calls costs one round trip. */
export type Member = Stored & {
  openid: string
  name: string
  phone: Sealed | null
  /** Keyed hash for equality search; the number itself is sealed. */
  phoneHash: string | null
  maskedPhone: string | null
  houses: Residency[]
  post: Post | null
  /** Template id → how many subscription messages the person still allows. */
  quotas: Record<string, number>
}

export const members = collection<Member>('members')

/** `day`: YYYY-MM-DD in Shanghai. The last day itself still counts. */
export const livesThere = (residency: Residency, day: string): boolean => residency.endsOn === null || residency.endsOn >= day
