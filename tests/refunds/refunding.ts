// Giving money back as people do: asked for by one, decided by another, and ended by WeChat or by hand.
import type { RefundsContract } from '../../cloudfunctions/refunds/contract'
import type { Refund } from '../../cloudfunctions/refunds/refund'
import { payingIn, type Delivery } from '../payments/paying'
import { newRequest, type Village } from '../support/village'

type Outcome = 'success' | 'cancel' | 'failed' | 'callback-lost' | 'callback-repeated' | 'callback-forged' | 'wrong-amount'

export const refundingIn = (village: Village) => {
  const paying = payingIn(village)
  const tryAs = async (who: string, action: keyof RefundsContract & string, input: object): Promise<string> => {
    const answer = await village.as(who).callRaw('refunds', { action, input })
    return answer.ok ? 'OK' : (answer.error.reason ?? answer.error.code)
  }
  /** 王秀英's bill of 80 yuan, paid by WeChat. */
  const paid = async () => {
    const { billId, repairId, paymentId } = await paying.started()
    await paying.decide(paymentId, 'success')
    return { billId, repairId, paymentId }
  }
  /** The same bill, paid in cash at the counter. */
  const paidInCash = async () => {
    const { billId, repairId } = await paying.charges.charged()
    const { paymentId } = await village.as('qian').get('payments', 'record', { billId, method: 'cash', payerName: '王秀英', requestId: newRequest() })
    return { billId, repairId, paymentId }
  }
  const request = async (who: string, paymentId: string, amountFen: number, more: object = {}): Promise<string> =>
    (await village.as(who).get('refunds', 'request', { paymentId, amountFen, reason: '少换了一个阀', requestId: newRequest(), ...more })).refundId
  const act = (who: string, action: 'approve' | 'reject' | 'payOut', refundId: string, requestId = newRequest()) => tryAs(who, action, { refundId, note: '核对过了', requestId })
  const refundOf = async (refundId: string) => (await village.documents('refunds')).find(({ _id }) => _id === refundId) as unknown as Refund
  const approvedByWeChat = async (amountFen = 3_000) => {
    const made = await paid()
    const refundId = await request('qian', made.paymentId, amountFen)
    await act('he', 'approve', refundId)
    return { ...made, refundId }
  }
  return {
    paying, tryAs, paid, paidInCash, request, act, refundOf, approvedByWeChat,
    approve: (refundId: string) => act('he', 'approve', refundId),
    /** Approved, and taken on by WeChat. */
    sent: async (amountFen = 3_000) => {
      const made = await approvedByWeChat(amountFen)
      await village.tick()
      return made
    },
    decide: (outRefundNo: string, outcome: Outcome, more: object = {}) =>
      village.post('/control/pay', { outRefundNo, outcome, ...more }) as Promise<{ state: string; deliveries: Delivery[] }>,
    /** What refund, payment and bill say of the same money: status, then fen given back, held and asked for, then fen the bill got back. */
    books: async ({ refundId, paymentId, billId }: { refundId: string; paymentId: string; billId: string }) => {
      const [refund, payment, bill] = await Promise.all([refundOf(refundId), paying.paymentOf(paymentId), paying.billOf(billId)])
      return [refund.status, payment.refundedFen, payment.reservedFen, payment.requestedFen, bill.refundedFen]
    },
  }
}
