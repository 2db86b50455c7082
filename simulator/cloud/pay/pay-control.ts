import * as z from 'zod'
import { DoorRefusal } from '../http/door-refusal'
import type { Callbacks, Delivery } from './callbacks'
import { inventPayNumber } from './orders'
import type { Order, PayLedger, Refund } from './orders'

const amount = z.number().int().min(1)
const afterMs = z.number().min(0).max(600_000).default(3000)
const deliveryOutcomes = [
  'success', 'cancel', 'callback-lost', 'callback-late', 'callback-repeated', 'callback-forged', 'wrong-amount',
] as const

export const paymentOutcomeShape = z.union([
  z.strictObject({ outTradeNo: z.string().min(1), outcome: z.enum(deliveryOutcomes), afterMs, amount: amount.optional() }),
  // `failed`: the payer's bank refused the money (CHANGE).
  z.strictObject({ outRefundNo: z.string().min(1), outcome: z.enum([...deliveryOutcomes, 'failed']), afterMs, amount: amount.optional() }),
])
type PaymentOutcome = z.infer<typeof paymentOutcomeShape>

type PayVerdict = { state: string; deliveries: Delivery[] }
type Options = { ledger: PayLedger; callbacks: Callbacks; now: () => number; automaticRefundMs: number | null }

export type PayControl = {
  /** Decides what becomes of an order or a refund; answers its state and what the callback function said. */
  decide: (wish: PaymentOutcome) => Promise<PayVerdict>
  /** The order behind `prepay_id`, for the pay sheet. */
  describeOrder: (query: { prepayId: string | null; outTradeNo: string | null }) => Record<string, unknown>
  finishLater: (refund: Refund) => void
  resume: () => void
  stop: () => void
}

export const createPayControl = ({ ledger, callbacks, now, automaticRefundMs }: Options): PayControl => {
  const timers = new Map<string, NodeJS.Timeout>()

  const findOrder = (outTradeNo: string): Order => {
    const [latest] = ledger.orders.values().filter((order) => order.outTradeNo === outTradeNo).sort((a, b) => b.createdAt - a.createdAt)
    if (!latest) throw new DoorRefusal(`no order has the outTradeNo ${outTradeNo}`)
    return latest
  }

  const markPaid = async (order: Order, paidFee: number): Promise<Order> => {
    if (order.state === 'SUCCESS') return order
    if (order.state === 'CLOSED') throw new DoorRefusal('the order is closed: it cannot be paid')
    if (order.expiresAt <= now()) throw new DoorRefusal('the order has expired: it cannot be paid')
    const paid: Order = { ...order, state: 'SUCCESS', paidFee, paidAt: now(), transactionId: inventPayNumber('42', now()) }
    await ledger.save(paid)
    return paid
  }

  const markRefunded = async (refund: Refund, status: Refund['status'], refundFee: number): Promise<Refund> => {
    clearTimeout(timers.get(refund.refundId))
    timers.delete(refund.refundId)
    if (refund.status !== 'PROCESSING' && refund.status !== status) {
      throw new DoorRefusal(`the refund has ended as ${refund.status} already`)
    }
    if (refund.status !== 'PROCESSING') return refund
    const finished: Refund = { ...refund, status, refundFee, finishedAt: now() }
    await ledger.saveRefund(finished)
    return finished
  }

  const deliver = async (subject: Order | Refund, outcome: string, lateMs: number): Promise<Delivery[]> => {
    if (outcome === 'callback-lost') return []
    if (outcome === 'callback-late') {
      await callbacks.tellLater(subject, lateMs)
      return []
    }
    const first = await callbacks.tell(subject)
    if (outcome !== 'callback-repeated') return [first]
    return [first, ...(await Promise.all([callbacks.tell(subject), callbacks.tell(subject)]))]
  }

  const decideOrder = async (wish: Extract<PaymentOutcome, { outTradeNo: string }>): Promise<PayVerdict> => {
    const order = findOrder(wish.outTradeNo)
    if (wish.outcome === 'cancel') return { state: order.state, deliveries: [] }
    if (wish.outcome === 'callback-forged') {
      const lie: Order = { ...order, paidFee: wish.amount ?? order.totalFee, paidAt: now(), transactionId: inventPayNumber('42', now()) }
      return { state: order.state, deliveries: [await callbacks.forge(lie, 'wx_client'), await callbacks.forge(lie, 'wx_paycallback')] }
    }
    const wrongFee = wish.amount ?? (order.totalFee > 1 ? order.totalFee - 1 : 2)
    const paid = await markPaid(order, wish.outcome === 'wrong-amount' ? wrongFee : order.totalFee)
    return { state: paid.state, deliveries: await deliver(paid, wish.outcome, wish.afterMs) }
  }

  const decideRefund = async (wish: Extract<PaymentOutcome, { outRefundNo: string }>): Promise<PayVerdict> => {
    const refund = ledger.refunds.values().find(({ outRefundNo }) => outRefundNo === wish.outRefundNo)
    if (!refund) throw new DoorRefusal(`no refund has the outRefundNo ${wish.outRefundNo}`)
    if (wish.outcome === 'callback-forged') {
      const lie: Refund = { ...refund, status: 'SUCCESS', finishedAt: now() }
      return { state: refund.status, deliveries: [await callbacks.forge(lie, 'wx_client'), await callbacks.forge(lie, 'wx_paycallback')] }
    }
    const status = ({ cancel: 'REFUNDCLOSE', failed: 'CHANGE' } as const)[wish.outcome as string] ?? 'SUCCESS'
    const wrongFee = wish.amount ?? (refund.refundFee > 1 ? refund.refundFee - 1 : 2)
    const finished = await markRefunded(refund, status, wish.outcome === 'wrong-amount' ? wrongFee : refund.refundFee)
    return { state: finished.status, deliveries: await deliver(finished, wish.outcome, wish.afterMs) }
  }

  const finishLater = ({ refundId, outRefundNo }: Refund): void => {
    if (automaticRefundMs === null) return
    const finish = (): void => {
      timers.delete(refundId)
      void decideRefund({ outRefundNo, outcome: 'success', afterMs: 0 }).catch(() => undefined)
    }
    timers.set(refundId, setTimeout(finish, automaticRefundMs))
  }

  return {
    decide: (wish) => ('outTradeNo' in wish ? decideOrder(wish) : decideRefund(wish)),
    describeOrder: ({ prepayId, outTradeNo }) => {
      const order = ledger.orders.values().find((known) => (prepayId ? known.prepayId === prepayId : known.outTradeNo === outTradeNo))
      if (!order) throw new DoorRefusal('there is no such order')
      const { merchant, body, totalFee, state, openid } = order
      return { outTradeNo: order.outTradeNo, merchant, body, totalFee, state, openid }
    },
    finishLater,
    resume: () => {
      callbacks.resume()
      for (const refund of ledger.refunds.values()) if (refund.status === 'PROCESSING') finishLater(refund)
    },
    stop: () => {
      callbacks.stop()
      for (const timer of timers.values()) clearTimeout(timer)
      timers.clear()
    },
  }
}
