import * as z from 'zod'
import { id } from '../_shared/contract'
import { relation, residentScope } from '../_shared/roles'
import { application } from '../members/contract'

const resident = z.object({
  memberId: id, name: z.string(), maskedPhone: z.string().nullable(), relation, scopes: z.array(residentScope), endsOn: z.string().nullable(),
})

export const contract = {
  /** 住户档案: one page for a house, with the parts this role may see. Looking is audited. */
  residentProfile: {
    input: z.strictObject({ houseId: id }),
    output: z.object({
      houseId: id,
      label: z.string(),
      communityName: z.string(),
      residents: z.array(resident),
      /** What the company has on file without a verified person: names and numbers masked. */
      onFile: z.array(z.object({ name: z.string(), maskedPhone: z.string().nullable(), relation, isVerified: z.boolean() })),
      applications: z.array(application),
      repairs: z.object({ waiting: z.number().int(), working: z.number().int(), done: z.number().int() }),
    }),
  },
}
export type InsightsContract = typeof contract
