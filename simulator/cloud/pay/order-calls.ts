import { isIP } from 'node:net'
import * as z from 'zod'
import { fromPayTime, toPayTime } from './pay-time'
import { PlatformError } from '../platform-error'
import { appId, environmentId } from '../platform'
import type { Order, PayLedger } from './orders'
import { inventNonce, inventSign, replyMalformed, replyRefusal, replySuccess } from './pay-reply'
import type { PayCall, PayReply } from './pay-reply'

const prepayLivesMs = 2 * 60 * 60_000
const required = (most: number) => z.string().min(1).max(most)
const payTime = z.string().regex(/^\d{14}$/)

const outTradeNoShape = z.string().regex(/^[0-9A-Za-z_\-|*]{1,32}$/)
const orderShape = z.object({
  function_name: required(60),
  env_id: z.literal(environmentId),
  sub_mch_id: required(32),
  nonce_str: required(32),
  body: required(128).refine((body) => Buffer.byteLength(body) <= 128, 'at most 128 bytes'),
  out_trade_no: outTradeNoShape,
  total_fee: z.number().int().min(1),
  spbill_create_ip: z.string().refine((address) => isIP(address) !== 0, 'an IP address'),
  trade_type: z.literal('JSAPI'),
  attach: z.string().max(127).default(''),
  time_start: payTime.optional(),
  time_expire: payTime.optional(),
  openid: z.string().optional(),
  sub_openid: z.string().optional(),
})
const lookupShape = z.object({
  sub_mch_id: required(32),
  nonce_str: required(32),
  out_trade_no: z.string().optional(),
  transaction_id: z.string().optional(),
})

type Options = { ledger: PayLedger; now: () => number; isDeployed: (functionName: string) => boolean }

/** Reads arguments; what WeChat Pay could not read is answered as it answers: return_code FAIL. */
export const readArguments = <T>(shape: z.ZodType<T>, args: Record<string, unknown>): { args: T } | { refusal: PayReply } => {
  // The real gateway cannot pack a string into its integer field, and says no more than this.
  if (typeof args.total_fee === 'string') throw new PlatformError('SYS_ERR', 'wx api error: -202')
  const parsed = shape.safeParse(args)
  if (parsed.success) return { args: parsed.data }
  const [issue] = parsed.error.issues
  return { refusal: replyMalformed(`参数错误 ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`) }
}

export const createOrderCalls = ({ ledger, now, isDeployed }: Options): Record<string, PayCall> => {
  const unifiedOrder: PayCall = async (rawArgs, caller) => {
    const read = readArguments(orderShape, rawArgs)
    if ('refusal' in read) return read.refusal
    const { args } = read
    if (!isDeployed(args.function_name)) throw new PlatformError('INVALID_PARAM', `function ${args.function_name} is not deployed`)
    const openid = args.sub_openid ?? args.openid ?? caller.openid
    if (!openid) return replyMalformed('JSAPI支付必须传openid')
    const expiresAt = args.time_expire ? fromPayTime(args.time_expire) : now() + prepayLivesMs
    if (!(expiresAt > now())) return replyRefusal(args.sub_mch_id, 'INVALID_REQUEST', 'time_expire时间过短')

    const wanted = { openid, body: args.body, attach: args.attach, totalFee: args.total_fee, functionName: args.function_name }
    const present = ledger.findOrder(args.sub_mch_id, { outTradeNo: args.out_trade_no })
    const refusal = present && refuseAgain(present, wanted)
    if (refusal) return refusal
    const prepayId = `wx${toPayTime(now())}${inventNonce().slice(0, 18)}`
    const order: Order = {
      ...wanted, prepayId, expiresAt, merchant: args.sub_mch_id, outTradeNo: args.out_trade_no, createdAt: present?.createdAt ?? now(),
      state: 'NOTPAY', transactionId: '', paidFee: 0, paidAt: 0, isCallbackOwed: false,
    }
    await ledger.save(order)
    return replySuccess(order.merchant, { trade_type: 'JSAPI', prepay_id: prepayId, payment: describePayment(prepayId, now()) })
  }

  const queryOrder: PayCall = async (rawArgs) => {
    const read = readArguments(lookupShape, rawArgs)
    if ('refusal' in read) return read.refusal
    const order = ledger.findOrder(read.args.sub_mch_id, { outTradeNo: read.args.out_trade_no, transactionId: read.args.transaction_id })
    if (!order) return replyRefusal(read.args.sub_mch_id, 'ORDERNOTEXIST', '订单不存在')
    return replySuccess(order.merchant, describeOrder(order, ledger))
  }

  const closeOrder: PayCall = async (rawArgs) => {
    const read = readArguments(lookupShape, rawArgs)
    if ('refusal' in read) return read.refusal
    const order = ledger.findOrder(read.args.sub_mch_id, { outTradeNo: read.args.out_trade_no })
    if (!order) return replyRefusal(read.args.sub_mch_id, 'ORDERNOTEXIST', '订单不存在')
    if (order.state === 'SUCCESS') return replyRefusal(order.merchant, 'ORDERPAID', '订单已支付')
    await ledger.save({ ...order, state: 'CLOSED' })
    return replySuccess(order.merchant)
  }
  return { unifiedOrder, queryOrder, closeOrder }
}

type Wanted = Pick<Order, 'openid' | 'body' | 'attach' | 'totalFee' | 'functionName'>

/** The same number may be ordered again only unpaid and unchanged. */
const refuseAgain = (order: Order, wanted: Wanted): PayReply | undefined => {
  if (order.state === 'SUCCESS') return replyRefusal(order.merchant, 'ORDERPAID', '该订单已支付')
  if (order.state === 'CLOSED') return replyRefusal(order.merchant, 'ORDERCLOSED', '该订单已关闭')
  const isSame = (Object.keys(wanted) as (keyof Wanted)[]).every((key) => order[key] === wanted[key])
  return isSame ? undefined : replyRefusal(order.merchant, 'INVALID_REQUEST', '201 商户订单号重复')
}

const describePayment = (prepayId: string, at: number): Record<string, string> => {
  const nonceStr = inventNonce()
  return {
    appId, timeStamp: String(Math.floor(at / 1000)), nonceStr, package: `prepay_id=${prepayId}`, signType: 'MD5',
    paySign: inventSign(prepayId + nonceStr),
  }
}

const stateWords = { SUCCESS: '支付成功', REFUND: '订单发生过退款，退款详情请查询退款单', NOTPAY: '订单未支付', CLOSED: '订单已关闭' }

const describeOrder = (order: Order, ledger: PayLedger): Record<string, unknown> => {
  const hasRefund = ledger.refundsOf(order).some(({ status }) => status === 'SUCCESS' || status === 'PROCESSING')
  const state = hasRefund ? 'REFUND' : order.state
  const base = { out_trade_no: order.outTradeNo, attach: order.attach, trade_state: state, trade_state_desc: stateWords[state] }
  if (order.state !== 'SUCCESS') return { ...base, total_fee: order.totalFee }
  return {
    ...base, openid: `provider-${order.openid}`, is_subscribe: 'N', sub_openid: order.openid, sub_is_subscribe: 'N', trade_type: 'JSAPI',
    bank_type: 'OTHERS', total_fee: order.paidFee, fee_type: 'CNY', cash_fee: order.paidFee, transaction_id: order.transactionId,
    time_end: toPayTime(order.paidAt),
  }
}
