import * as z from 'zod'
import { id, instant } from '../_shared/contract'
import { relation, residentScope, staffRole } from '../_shared/roles'

export const house = z.object({
  houseId: id,
  communityId: id,
  communityName: z.string(),
  /** As residents say it: 3号楼2单元501 */
  label: z.string(),
  relation,
  scopes: z.array(residentScope),
})

/** `buildings` null: the whole community. */
const post = z.object({ role: staffRole, communityId: id, communityName: z.string(), buildings: z.array(z.string()).nullable() })

export const brand = z.object({
  name: z.string(),
  /** #RRGGBB; the phone derives its scale of tints from it. */
  color: z.string(),
  /** A public file the image component shows as it is (cloud://…), or null. */
  logoUrl: z.string().nullable(),
  servicePhone: z.string(),
  /** Answered day and night: gas, fire, flood, somebody in the lift. */
  emergencyPhone: z.string(),
})

export const session = z.object({
  member: z.object({ memberId: id, name: z.string(), maskedPhone: z.string().nullable() }).nullable(),
  houses: z.array(house),
  /** Where they work now, of all the posts they hold. */
  post: post.nullable(),
  posts: z.array(post),
  brand,
  /** Subscription templates to offer at a submit or confirm tap: for this person, at most three. */
  templateIds: z.array(z.string()),
  /** How many more subscription messages we may send this person: 「还能通知您 2 次」 */
  quotaCount: z.number().int(),
  serverTime: instant,
})

export const contract = {
  session: { input: z.strictObject({}), output: session },
}
export type MembersContract = typeof contract
export type Session = z.output<typeof session>
export type House = z.output<typeof house>
export type Brand = z.output<typeof brand>
export type { Relation, StaffRole } from '../_shared/roles'
