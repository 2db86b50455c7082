import { collection, type Stored } from './db'
import type { Sealed } from './crypto'
import { command } from './platform'
import type { Relation, ResidentScope, StaffRole } from './roles'
import type { Schema } from './schema'

export type Residency = {
  houseId: string
  communityId: string
  communityName: string
  building: string
  /** As residents say it: 3号楼2单元501 */
  houseLabel: string
  relation: Relation
  scopes: ResidentScope[]
  /** Under which the house knows the person: as the roster, the application or the owner who added them has it. */
  knownAs: string
  /** The row of the roster that this person claimed, gone or not. A row is claimed once: whoever else proves its number goes to a clerk. */
  rosterId: string | null
  /** Last day (Shanghai) the person belongs to the house; null for as long as nothing changes. */
  endsOn: string | null
}

/** `buildings` null: the whole community. */
export type Post = { role: StaffRole; communityId: string; communityName: string; buildings: string[] | null }

/** The person's own applications that wait, or were refused and not made again: few, and read with every session. */
export type OwnApplication = {
  applicationId: string
  houseId: string
  houseLabel: string
  communityName: string
  relation: Relation
  status: 'pending' | 'rejected'
  reason: string | null
  /** See `Application`. */
  hidesHouse?: boolean
}

/** A person the company knows: one document holds their houses and their post, so that knowing who calls costs one round trip. */
export type Member = Stored & {
  /** Counts changes of who the person is and what they may; quotas do not count. */
  version: number
  openid: string
  name: string
  phone: Sealed | null
  /** Keyed hash for equality search; the number itself is sealed. */
  phoneHash: string | null
  maskedPhone: string | null
  houses: Residency[]
  /** Every post the person holds, at most one in a community. */
  posts: Post[]
  /** The one they work at now: what the desk shows, and where their rights as staff are. */
  post: Post | null
  /** `postKey` of each of `posts`, for looking staff up. */
  postKeys: string[]
  applications: OwnApplication[]
  /** The privacy guide the person agreed to; null before, and after they withdrew. */
  privacy: { version: string; agreedAt: Date } | null
  /** Template id → how many subscription messages the person still allows. */
  quotas: Record<string, number>
}

export const postKey = (communityId: string, role: StaffRole): string => `${communityId}/${role}`

/** Owners may do everything for their house; a tenant sees what the house owes only when the owner says so. */
export const usualScopes = (relation: Relation): ResidentScope[] =>
  relation === 'tenant' ? ['invite', 'report'] : ['bills', 'pay', 'invite', 'report']

type Version1 = {
  name: string
  houses: Omit<Residency, 'building' | 'scopes' | 'knownAs' | 'rosterId'>[]
  post: Omit<Post, 'buildings'> | null
}

const schema: Schema = {
  upgrades: [
    // Release 0.1.0 knew one post, always of a whole community, and residents who may do everything. Only some fields may have been read.
    (stored) => {
      const { name, houses = [], post = null } = stored as unknown as Partial<Version1>
      const whole = post && { ...post, buildings: null }
      return {
        ...stored,
        houses: houses.map((house) => ({
          ...house, building: house.houseLabel.split('号楼')[0]!, scopes: usualScopes(house.relation), knownAs: name ?? '', rosterId: null,
        })),
        post: whole, posts: whole ? [whole] : [], postKeys: whole ? [postKey(whole.communityId, whole.role)] : [],
        version: 1, applications: [], privacy: null,
      }
    },
  ],
}
export const memberSchema = schema.upgrades.length + 1

export const members = collection<Member>('members', schema)

/** Whether something at that place is this post's business; what is in no building belongs to everybody of the community. */
export const covers = (post: Post, place: { communityId: string; building: string | null }): boolean =>
  post.communityId === place.communityId && (post.buildings === null || place.building === null || post.buildings.includes(place.building))

/** What a post covers, as a condition on `communityId` and `building`; null building is nobody's and everybody's. */
export const withinPost = ({ communityId, buildings }: Post) =>
  buildings === null ? { communityId } : { communityId, building: command.in([...buildings, null]) }

/** `day`: YYYY-MM-DD in Shanghai. The last day itself still counts. */
export const livesThere = (residency: Pick<Residency, 'endsOn'>, day: string): boolean => residency.endsOn === null || residency.endsOn >= day
