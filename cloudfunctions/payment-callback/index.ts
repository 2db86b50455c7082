import * as z from 'zod'
import { serveDoor } from '../_shared/door'
import { settleTold } from '../payments/settle'

const told = z.object({ outTradeNo: z.string().regex(/^[0-9A-Za-z_-]{1,32}$/) })

const isWeChatPay = (source: string[]) => source.includes('wx_paycallback') && !source.includes('wx_client')

/** WeChat Pay tells here that an order was paid, again and again for two days until it hears errcode 0: only once the money is posted. */
export const main = serveDoor('payment-callback', isWeChatPay, async (event, now) => {
  const order = told.safeParse(event)
  const isPosted = order.success && (await settleTold(order.data.outTradeNo, now))
  return isPosted ? { errcode: 0, errmsg: 'OK' } : { errcode: 1, errmsg: 'not posted' }
})
