import * as z from 'zod'
import { id } from '../_shared/contract'
import { relation, residentScope } from '../_shared/roles'
import { application } from '../members/contract'

/** `maskedPhone` null: nobody knows one. Absent, as `scopes` and `endsOn` are: not for this role. */
const resident = z.object({
  memberId: id, name: z.string(), relation,
  maskedPhone: z.string().nullable().optional(), scopes: z.array(residentScope).optional(), endsOn: z.string().nullable().optional(),
})

/** What may be done about a resident from here. */
export const profileStep = z.enum(['reveal', 'moveOut'])

export const contract = {
  /** 住户档案: one page for a house. A part that is not for this role is absent. Looking is audited. */
  residentProfile: {
    input: z.strictObject({ houseId: id }),
    output: z.object({
      houseId: id,
      label: z.string(),
      communityName: z.string(),
      residents: z.array(resident).optional(),
      /** What the company has on file without a verified person: names and numbers masked. */
      onFile: z.array(z.object({ name: z.string(), maskedPhone: z.string().nullable(), relation, isVerified: z.boolean() })).optional(),
      applications: z.array(application).optional(),
      repairs: z.object({ waiting: z.number().int(), working: z.number().int(), done: z.number().int() }).optional(),
      residentSteps: z.array(profileStep),
    }),
  },
}
export type InsightsContract = typeof contract
export type ProfileStep = z.output<typeof profileStep>
