import * as z from 'zod'

export const limits = { rowCount: 20_000, reasonLength: 100 }

/** A sheet as made: its address is short-lived, the file itself is gone after a day. */
const sheet = z.object({ url: z.string(), fileName: z.string(), rowCount: z.number().int() })
const building = z.string().regex(/^[0-9A-Za-z\p{Script=Han}]{1,12}$/u, '楼栋不正确')
/** The same choice as on the screen; left out: all the caller's post covers. */
const chosen = z.strictObject({ building: building.optional() })
/** Whole numbers need a reason: everybody whose number it is reads it on 我的数据. */
const numbers = { showsPhones: z.boolean().default(false), reason: z.string().trim().max(limits.reasonLength, `最多 ${limits.reasonLength} 个字`).default('') }

/**
 * Registers as spreadsheets, of the community of the post worked at now. Numbers are masked; a manager may ask for them in full. Each
 * sheet says in its first line who made it and when, and is audited.
 */
export const contract = {
  houses: { input: chosen, output: sheet },
  residents: { input: chosen.extend(numbers), output: sheet },
  staff: { input: z.strictObject(numbers), output: sheet },
}
export type ExportsContract = typeof contract
