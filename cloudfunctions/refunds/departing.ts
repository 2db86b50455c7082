import { inTransaction } from '../_shared/db'
import { departedStaff, type DescribeMember, type EraseMember } from '../_shared/departing'
import type { Act, Refund } from './refund'
import { refunds, refundsNaming } from './repository'

const atOnce = 100
const mostDescribed = 500

const anonymous = (act: Act, memberId: string): Act => (act.by?.memberId === memberId ? { ...act, by: { memberId: 'departed', name: departedStaff } } : act)

/** The refund stays in the company's books; who asked for it, decided it or paid it out does not. */
const withoutPerson = (refund: Refund, memberId: string): Refund => ({
  ...refund,
  version: refund.version + 1,
  people: refund.people.filter((one) => one !== memberId),
  requested: anonymous(refund.requested, memberId),
  decided: refund.decided && anonymous(refund.decided, memberId),
  posted: refund.posted && anonymous(refund.posted, memberId),
})

export const eraseMember: EraseMember = async ({ memberId }) => {
  const found = await refundsNaming(memberId, atOnce)
  for (const { _id } of found) {
    await inTransaction(async (transaction) => transaction.replace(refunds, withoutPerson((await transaction.get(refunds, _id))!, memberId)))
  }
  return found.length < atOnce
}

/** What staff did in the company's name: of the payer a refund says nothing. */
export const describeMember: DescribeMember = async (memberId) => ({
  refunds: (await refundsNaming(memberId, mostDescribed)).map(({ source, amountFen, status, requested }) => ({ orderNo: source.number, amountFen, status, requestedAt: requested.at })),
})
