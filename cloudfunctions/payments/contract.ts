import * as z from 'zod'
import { cursor, fileId, id, instant, requestId, text } from '../_shared/contract'
import { billSource } from '../billing/contract'

export const limits = { photoCount: 3, noteLength: 200, nameLength: 20, pageSize: 20 }

/** 微信支付 现金 转账 */
export const method = z.enum(['wechat', 'cash', 'transfer'])
/** 待支付 已入账 已关闭 待核对. `suspect`: WeChat has money that does not fit what was ordered; a person must look. */
export const paymentStatus = z.enum(['created', 'paid', 'closed', 'suspect'])

const fen = z.number().int()

/** What wx.requestPayment takes, as it is. */
const parameters = z.object({
  timeStamp: z.string(), nonceStr: z.string(), package: z.string(), signType: z.enum(['MD5', 'HMAC-SHA256', 'RSA']), paySign: z.string(),
})

export const paymentCard = z.object({
  /** Also the order's number at WeChat Pay (商户订单号). */
  paymentId: id,
  billId: id,
  houseLabel: z.string(),
  source: billSource,
  amountFen: fen,
  refundedFen: fen,
  /** Given back as soon as it is refunded: what somebody paid for a bill that was settled already. */
  surplusFen: fen,
  method,
  status: paymentStatus,
  payerName: z.string(),
  /** Of money that was handed over: by whom it was taken down. */
  recordedByName: z.string().nullable(),
  note: z.string(),
  photos: z.array(z.object({ fileId, url: z.string().nullable() })),
  /** 微信支付单号 */
  transactionId: z.string().nullable(),
  createdAt: instant,
  paidAt: instant.nullable(),
})

const note = z.string().trim().max(limits.noteLength, `最多 ${limits.noteLength} 个字`)
const photos = z.array(fileId).max(limits.photoCount, `最多 ${limits.photoCount} 张照片`)
const dayOf = z.iso.date('日期不正确')

export const contract = {
  /**
   * Begins to pay a bill by WeChat. The amount is the bill's, the merchant the community's. Again by the same person, it is the same order;
   * another's is closed first. Refused with BILL_ALREADY_PAID, BILL_WAIVED, BILL_POSTING, PAY_CLOSED.
   */
  start: { input: z.strictObject({ billId: id, requestId }), output: z.object({ paymentId: id, amountFen: fen, parameters }) },
  /** After wx.requestPayment came back, however: what WeChat Pay says. 'posting': ask again in three seconds. */
  confirm: { input: z.strictObject({ paymentId: id }), output: z.object({ state: z.enum(['paid', 'posting', 'unpaid']) }) },
  /** Money that was handed over at the counter, or came to the company's account. Of a transfer the voucher must be seen. */
  record: {
    input: z.strictObject({
      billId: id, method: method.exclude(['wechat']), payerName: text(limits.nameLength, '请填写交款人'), note: note.default(''),
      photos: photos.default([]), requestId,
    }),
    output: z.object({ paymentId: id }),
  },
  /** Nobody has to pay it. The household is told why. */
  waive: { input: z.strictObject({ billId: id, reason: text(limits.noteLength, '请写下减免的原因'), requestId }), output: z.object({ billId: id }) },
  /** A suspect payment has been looked into, and its money put right with WeChat Pay: the bill can be paid again. */
  dismiss: { input: z.strictObject({ paymentId: id, note: text(limits.noteLength, '请写下核对的结果'), requestId }), output: z.object({ paymentId: id }) },
  /** Staff: payments in one state, the last first; `day` (in Shanghai) narrows what was paid to that day. */
  list: {
    input: z.strictObject({ status: paymentStatus.default('paid'), day: dayOf.optional(), cursor: cursor.optional() }),
    output: z.object({
      payments: z.array(paymentCard),
      nextCursor: cursor.nullable(),
      /** The takings of the whole `day`; a method without any is left out. Empty without a day. */
      sums: z.array(z.object({ method, count: z.number().int(), amountFen: fen, refundedFen: fen })),
      suspectCount: z.number().int(),
      /** Photos of vouchers are uploaded under this path. */
      uploadPrefix: z.string(),
    }),
  },
}
export type PaymentsContract = typeof contract
export type PaymentCard = z.output<typeof paymentCard>
export type PaymentMethod = z.output<typeof method>
export type PaymentStatus = z.output<typeof paymentStatus>
export type PaymentParameters = z.output<typeof parameters>
