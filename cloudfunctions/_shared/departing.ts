/**
 * Somebody who deletes their account. What can identify them is kept in the job that erases, and nowhere else, until the job is done.
 * Each feature that stores something of a person exports from its `jobs.ts` an `eraseMember` and a `describeMember`.
 */
export type Departed = {
  memberId: string
  openid: string
  name: string
  phoneHash: string | null
  maskedPhone: string | null
  /** Where they lived, until now. */
  houseIds: string[]
}

/** What stands in the place of a name in what must stay: orders, ledgers. */
export const departedName = '已注销用户'
/** Of staff whose post is not remembered there. */
export const departedStaff = '物业'

/** Removes what a feature stores of the person, or makes it nobody's, a piece at a time. True when nothing is left; safe to repeat. */
export type EraseMember = (departed: Departed, now: Date) => Promise<boolean>

/** What a feature stores of the person, in the words of its fields, for the person themselves. */
export type DescribeMember = (memberId: string) => Promise<Record<string, unknown>>
