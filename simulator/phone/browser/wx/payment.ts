import { asTap } from '../engine/gestures'
import { ask, awaitNetwork, post, Unreachable } from '../host/doors'
import { askPayment, type Prepayment } from '../sheets/pay'
import { api, Refusal } from './call'

type PaymentOptions = { package?: string; timeStamp?: string; nonceStr?: string; paySign?: string }

/** The sheet shows what the merchant ordered; the phone itself only knows the prepay id. */
const orderOf = async (prepayId: string): Promise<Prepayment> => {
  await awaitNetwork()
  return ask<Prepayment>(`/control/order?prepayId=${encodeURIComponent(prepayId)}`)
}

export const paymentApis = {
  requestPayment: api<PaymentOptions>('requestPayment', async ({ package: handed = '', timeStamp, nonceStr, paySign }) => {
    const prepayId = /^prepay_id=(.+)$/.exec(handed)?.[1]
    if (!prepayId || !timeStamp || !nonceStr || !paySign) throw new Refusal('jsapi invalid request data')
    const order = await orderOf(prepayId).catch((failure: unknown) => {
      throw failure instanceof Unreachable ? new Refusal('网络不可用') : failure
    })
    const isPaid = await askPayment(order)
    await post('/control/pay', { outTradeNo: order.outTradeNo, outcome: isPaid ? 'success' : 'cancel' })
    // The end of a payment is one of the two moments that may ask for subscriptions.
    asTap(() => undefined)
    if (!isPaid) throw new Refusal('cancel')
  }),
}
