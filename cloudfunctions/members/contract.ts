import * as z from 'zod'
import { id, instant } from '../_shared/contract'

export const relation = z.enum(['owner', 'family', 'tenant'])
export const staffRole = z.enum(['manager', 'clerk', 'technician', 'cashier', 'guard', 'inspector'])

export const house = z.object({
  houseId: id,
  communityId: id,
  communityName: z.string(),
  /** As residents say it: 3号楼2单元501 */
  label: z.string(),
  relation,
})

export const brand = z.object({
  name: z.string(),
  /** #RRGGBB; the phone derives its scale of tints from it. */
  color: z.string(),
  logoUrl: z.string().nullable(),
  servicePhone: z.string(),
  /** Answered day and night: gas, fire, flood, somebody in the lift. */
  emergencyPhone: z.string(),
})

export const session = z.object({
  member: z.object({ memberId: id, name: z.string(), maskedPhone: z.string().nullable() }).nullable(),
  houses: z.array(house),
  post: z.object({ role: staffRole, communityId: id, communityName: z.string() }).nullable(),
  brand,
  serverTime: instant,
})

export const contract = {
  session: { input: z.strictObject({}), output: session },
}
export type MembersContract = typeof contract
export type Session = z.output<typeof session>
export type House = z.output<typeof house>
export type Brand = z.output<typeof brand>
export type Relation = z.output<typeof relation>
export type StaffRole = z.output<typeof staffRole>
