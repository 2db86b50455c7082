import { refundingIn } from '../refunds/refunding'
import { newRequest, type Village } from '../support/village'
import type { Likely, LikelyCalls } from './targets'

type Refunding = ReturnType<typeof refundingIn>
type Made = { billId: string; paymentId?: string; refundId?: string }

const charged = ({ paying }: Refunding): Promise<Made> => paying.charges.charged()
const begun = ({ paying }: Refunding): Promise<Made> => paying.started()
const suspect = async ({ paying }: Refunding): Promise<Made> => {
  const made = await paying.started()
  await paying.decide(made.paymentId, 'wrong-amount')
  return made
}
const paid = (refunding: Refunding): Promise<Made> => refunding.paid()
const asked = async ({ paid, request }: Refunding): Promise<Made> => {
  const made = await paid()
  return { ...made, refundId: await request('qian', made.paymentId, 1_000) }
}
const toPayOut = async ({ paidInCash, request, approve }: Refunding): Promise<Made> => {
  const made = await paidInCash()
  const refundId = await request('qian', made.paymentId, 1_000)
  await approve(refundId)
  return { ...made, refundId }
}

/** A call about money that was brought to where it is possible. */
const about = (who: string, make: (refunding: Refunding) => Promise<Made>, input: (made: Made) => object) => async (village: Village): Promise<Likely[]> =>
  [{ who, input: { ...input(await make(refundingIn(village))) } }]
const deciding = (make: (refunding: Refunding) => Promise<Made>, who: string) =>
  about(who, make, ({ refundId }) => ({ refundId, note: '核对过了', requestId: newRequest() }))

/** 王秀英's bill, what she paid for it, and what she gets back. */
export const likelyMoney: LikelyCalls = {
  'billing.list': () => [{ who: 'wang', input: { houseId: 'h-3-2-501' } }],
  'payments.start': about('wang', charged, ({ billId }) => ({ billId, requestId: newRequest() })),
  'payments.confirm': about('wang', begun, ({ paymentId }) => ({ paymentId })),
  'payments.record': about('qian', charged, ({ billId }) => ({ billId, method: 'cash', payerName: '王秀英', note: '', photos: [], requestId: newRequest() })),
  'payments.waive': about('he', charged, ({ billId }) => ({ billId, reason: '返修，不再收费', requestId: newRequest() })),
  'payments.dismiss': about('he', suspect, ({ paymentId }) => ({ paymentId, note: '已与微信核对', requestId: newRequest() })),
  'refunds.bill': about('wang', charged, ({ billId }) => ({ billId })),
  'refunds.request': about('qian', paid, ({ paymentId }) => ({ paymentId, amountFen: 1_000, reason: '少换了一个阀', requestId: newRequest() })),
  'refunds.approve': deciding(asked, 'he'),
  'refunds.reject': deciding(asked, 'he'),
  'refunds.payOut': deciding(toPayOut, 'qian'),
}
