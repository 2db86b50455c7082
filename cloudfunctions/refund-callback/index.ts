import * as z from 'zod'
import { serveDoor } from '../_shared/door'
import { settleTold } from '../refunds/settle'

const told = z.looseObject({ outRefundNo: z.string().min(1).max(64) })

/** WeChat Pay tells here that a refund has ended. It tells again until it is answered with 0, which is said only once that is stored. */
const isPay = (source: string[]) => source.includes('wx_paycallback') && !source.includes('wx_client')

export const main = serveDoor('refund-callback', isPay, async (event, now) => {
  const refund = told.safeParse(event)
  if (!refund.success) return { errcode: 400, errmsg: 'no refund' }
  return (await settleTold(refund.data.outRefundNo, refund.data, now)) ? { errcode: 0, errmsg: 'OK' } : { errcode: 404, errmsg: 'not settled' }
})
