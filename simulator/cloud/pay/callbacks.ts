import { toPayTime } from './pay-time'
import { appId } from '../platform'
import type { Order, PayLedger, Refund } from './orders'
import { inventNonce, inventSign, providerAppId, providerMerchant } from './pay-reply'

/** One try to tell a function: what it answered, or why it did not. */
export type Delivery = { isAcknowledged: boolean; result?: unknown; error?: string; source: string }

type Deliver = (call: { functionName: string; event: Record<string, unknown>; source: string; openid?: string }) => Promise<unknown>

export type Callbacks = {
  /** Tells about a payment or refund now; what is not acknowledged is told again later, at growing distances. */
  tell: (subject: Order | Refund) => Promise<Delivery>
  /** Owes the first telling for later. */
  tellLater: (subject: Order | Refund, afterMs: number) => Promise<void>
  /** Tells a lie, once. */
  forge: (subject: Order | Refund, source: string) => Promise<Delivery>
  /** Goes on with what was owed when the cloud was last closed. */
  resume: () => void
  stop: () => void
}

const againAfterMs = [1000, 2000, 4000, 8000, 15_000, 30_000, 60_000, 60_000, 60_000, 60_000, 60_000, 60_000, 60_000, 60_000, 60_000]

export const createCallbacks = (ledger: PayLedger, deliver: Deliver): Callbacks => {
  const timers = new Set<NodeJS.Timeout>()
  // A telling that was under way when everything stopped must not begin again in the world after.
  let era = 0

  const owe = (subject: Order | Refund, isCallbackOwed: boolean): Promise<unknown> => {
    if ('refundId' in subject) {
      const refund = ledger.findRefund(subject.merchant, subject.outRefundNo)
      return refund ? ledger.saveRefund({ ...refund, isCallbackOwed }) : Promise.resolve()
    }
    const order = ledger.findOrder(subject.merchant, subject)
    return order ? ledger.save({ ...order, isCallbackOwed }) : Promise.resolve()
  }

  const attempt = async (subject: Order | Refund, source: string): Promise<Delivery> => {
    const event = 'refundId' in subject ? describeRefundEvent(subject) : describePaymentEvent(subject)
    const openid = source === 'wx_client' && !('refundId' in subject) ? subject.openid : undefined
    try {
      const result = await deliver({ functionName: subject.functionName, event, source, openid })
      return { isAcknowledged: isZero(result), result, source }
    } catch (reason) {
      return { isAcknowledged: false, error: reason instanceof Error ? reason.message : String(reason), source }
    }
  }

  const tellOwed = async (subject: Order | Refund, tries: number): Promise<Delivery> => {
    const begunIn = era
    const delivery = await attempt(subject, 'wx_paycallback')
    if (begunIn !== era) return delivery
    if (delivery.isAcknowledged) await owe(subject, false)
    else schedule(subject, tries + 1, againAfterMs[tries])
    return delivery
  }

  const schedule = (subject: Order | Refund, tries: number, afterMs: number | undefined): void => {
    if (afterMs === undefined) return
    const timer = setTimeout(() => {
      timers.delete(timer)
      void tellOwed(subject, tries)
    }, afterMs)
    timers.add(timer)
  }

  return {
    tell: async (subject) => {
      await owe(subject, true)
      return tellOwed(subject, 0)
    },
    tellLater: async (subject, afterMs) => {
      await owe(subject, true)
      schedule(subject, 0, afterMs)
    },
    forge: attempt,
    resume: () => {
      for (const subject of [...ledger.orders.values(), ...ledger.refunds.values()]) {
        if (subject.isCallbackOwed) schedule(subject, 0, againAfterMs[0])
      }
    },
    stop: () => {
      era++
      for (const timer of timers) clearTimeout(timer)
      timers.clear()
    },
  }
}

const isZero = (result: unknown): boolean => typeof result === 'object' && result !== null && 'errcode' in result && result.errcode === 0

const describeEnvelope = (merchant: string): Record<string, unknown> => {
  const nonceStr = inventNonce()
  return {
    returnCode: 'SUCCESS', appid: providerAppId, mchId: providerMerchant, subAppid: appId, subMchId: merchant, nonceStr,
    sign: inventSign(nonceStr), userInfo: { appId },
  }
}

const describePaymentEvent = (order: Order): Record<string, unknown> => ({
  ...describeEnvelope(order.merchant), resultCode: 'SUCCESS', openid: `provider-${order.openid}`, isSubscribe: 'N', subOpenid: order.openid,
  subIsSubscribe: 'N', tradeType: 'JSAPI', bankType: 'OTHERS', totalFee: order.paidFee, feeType: 'CNY', cashFee: order.paidFee,
  transactionId: order.transactionId, outTradeNo: order.outTradeNo, ...(order.attach ? { attach: order.attach } : {}),
  timeEnd: toPayTime(order.paidAt),
})

// A refund's notice carries no attach.
const describeRefundEvent = (refund: Refund): Record<string, unknown> => ({
  ...describeEnvelope(refund.merchant), transactionId: refund.transactionId, outTradeNo: refund.outTradeNo, refundId: refund.refundId,
  outRefundNo: refund.outRefundNo, totalFee: refund.totalFee, settlementTotalFee: refund.totalFee, refundFee: refund.refundFee,
  settlementRefundFee: refund.refundFee, refundStatus: refund.status,
  successTime: refund.status === 'SUCCESS' ? toPayTime(refund.finishedAt).replace(/(....)(..)(..)(..)(..)(..)/, '$1-$2-$3 $4:$5:$6') : '',
  refundRecvAccout: '支付用户零钱', refundAccount: 'REFUND_SOURCE_UNSETTLED_FUNDS', refundRequestSource: 'API',
})
