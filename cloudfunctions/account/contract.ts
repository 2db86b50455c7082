import * as z from 'zod'
import { instant, requestId } from '../_shared/contract'
import { house, post } from '../members/contract'

/** Somebody who looked at, or changed, something of mine. */
const look = z.object({ at: instant, action: z.string(), byName: z.string(), reason: z.string().nullable() })

export const contract = {
  /** 我的数据: what is stored about me, for how long, and who looked. */
  myData: {
    input: z.strictObject({ cursor: z.string().max(200).optional() }),
    output: z.object({
      name: z.string(),
      maskedPhone: z.string().nullable(),
      houses: z.array(house),
      posts: z.array(post),
      privacy: z.object({ version: z.string(), agreedAt: instant }).nullable(),
      /** What we keep and until when, in words. */
      retention: z.array(z.object({ what: z.string(), until: z.string() })),
      looks: z.array(look),
      nextCursor: z.string().nullable(),
    }),
  },
  /** Everything stored about me, as the text of a JSON file that the phone saves. */
  exportMyData: {
    input: z.strictObject({}),
    output: z.object({ fileName: z.string(), json: z.string() }),
  },
  /** What ends with the account and what is in the way, before anything is done. */
  previewDeletion: {
    input: z.strictObject({}),
    output: z.object({ warnings: z.array(z.string()), blockers: z.array(z.string()) }),
  },
  /** 注销. `isFinished` false: `tick` finishes within minutes what this call began; nobody can use the account any more either way. */
  deleteAccount: {
    input: z.strictObject({ requestId, hasRead: z.literal(true) }),
    output: z.object({ isFinished: z.boolean() }),
  },
}
export type AccountContract = typeof contract
