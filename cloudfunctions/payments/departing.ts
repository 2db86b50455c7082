import { inTransaction } from '../_shared/db'
import type { Departed, DescribeMember, EraseMember } from '../_shared/departing'
import { bills, billsNaming } from '../billing/repository'
import { billWithoutPerson, isStillPaying, withoutPerson } from './departed'
import { payments, paymentsBy, paymentsNaming } from './repository'

const atOnce = 100
const mostDescribed = 500

/** False while they may still pay an order: its watch ends it within the hour. */
const eraseFromPayment = (paymentId: string, departed: Departed): Promise<boolean> => inTransaction(async (transaction) => {
  const payment = (await transaction.get(payments, paymentId))!
  if (isStillPaying(payment, departed.memberId)) return false
  await transaction.replace(payments, withoutPerson(payment, departed))
  return true
})

/** Of bills too, which know nobody but who waived them. */
export const eraseMember: EraseMember = async (departed) => {
  const { memberId, name, houseIds } = departed
  const [waived, made, handedOver] = await Promise.all([billsNaming(memberId, atOnce), paymentsNaming(memberId, atOnce), paymentsBy(name, houseIds, mostDescribed)])
  for (const { _id } of waived) {
    await inTransaction(async (transaction) => transaction.replace(bills, billWithoutPerson((await transaction.get(bills, _id))!, memberId)))
  }
  let isDone = waived.length < atOnce && made.length < atOnce
  for (const { _id } of [...made, ...handedOver]) isDone = (await eraseFromPayment(_id, departed)) && isDone
  return isDone
}

export const describeMember: DescribeMember = async (memberId) => ({
  payments: (await paymentsNaming(memberId, mostDescribed)).filter(({ payer }) => payer.memberId === memberId).map((payment) => ({
    orderNo: payment.source.number, houseLabel: payment.houseLabel, amountFen: payment.amountFen, refundedFen: payment.refundedFen, method: payment.method,
    status: payment.status, createdAt: payment.createdAt, paidAt: payment.paidAt,
  })),
})
