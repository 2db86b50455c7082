import * as z from 'zod'
import { settlePhotoCheck } from '../_shared/content-settling'
import { serveDoor } from '../_shared/door'
import { cloud } from '../_shared/platform'
import { repairJudges } from '../repairs/settle'

const mediaChecked = z.object({
  Event: z.literal('wxa_media_check'),
  trace_id: z.string(),
  result: z.object({ suggest: z.enum(['pass', 'review', 'risky']) }),
})

/** WeChat pushes a photo's verdict here. A push carries no person; whoever calls with one is not WeChat. */
const isPush = (source: string[]) => !cloud.getWXContext().OPENID && !source.includes('wx_client')

export const main = serveDoor('content-callback', isPush, async (event, now) => {
  const checked = mediaChecked.safeParse(event)
  if (checked.success) await settlePhotoCheck(checked.data.trace_id, checked.data.result.suggest, repairJudges, now)
  return 'success'
})
