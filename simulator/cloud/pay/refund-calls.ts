import * as z from 'zod'
import { PlatformError } from '../platform-error'
import { environmentId } from '../platform'
import { readArguments } from './order-calls'
import { inventPayNumber } from './orders'
import type { PayLedger, Refund } from './orders'
import { replyRefusal, replySuccess } from './pay-reply'
import type { PayCall } from './pay-reply'
import { toPayTime } from './pay-time'

const number = z.string().min(1).max(64)
const refundShape = z.object({
  sub_mch_id: number,
  nonce_str: number,
  out_trade_no: z.string().optional(),
  transaction_id: z.string().optional(),
  out_refund_no: number,
  total_fee: z.number().int().min(1),
  refund_fee: z.number().int().min(1),
  refund_desc: z.string().max(80).default(''),
  env_id: z.literal(environmentId),
  function_name: z.string().min(1),
})
const lookupShape = z.object({
  sub_mch_id: number,
  nonce_str: number,
  out_trade_no: z.string().optional(),
  transaction_id: z.string().optional(),
  out_refund_no: z.string().optional(),
  refund_id: z.string().optional(),
})

const mostRefunds = 50
const refundableForMs = 365 * 24 * 60 * 60_000

type Options = {
  ledger: PayLedger
  now: () => number
  isDeployed: (functionName: string) => boolean
  finishLater: (refund: Refund) => void
}

export const createRefundCalls = ({ ledger, now, isDeployed, finishLater }: Options): Record<string, PayCall> => {
  const refund: PayCall = async (rawArgs) => {
    const read = readArguments(refundShape, rawArgs)
    if ('refusal' in read) return read.refusal
    const { args } = read
    const merchant = args.sub_mch_id
    if (!isDeployed(args.function_name)) throw new PlatformError('INVALID_PARAM', `function ${args.function_name} is not deployed`)
    const order = ledger.findOrder(merchant, { outTradeNo: args.out_trade_no, transactionId: args.transaction_id })
    if (!order || order.state !== 'SUCCESS') return replyRefusal(merchant, 'ORDERNOTEXIST', '订单不存在')
    if (args.total_fee !== order.paidFee) return replyRefusal(merchant, 'INVALID_REQUEST', '订单金额不一致')

    const others = ledger.refundsOf(order)
    const present = ledger.findRefund(merchant, args.out_refund_no)
    if (present && (present.outTradeNo !== order.outTradeNo || present.refundFee !== args.refund_fee)) {
      return replyRefusal(merchant, 'INVALID_REQUEST', '退款单号已存在，且参数不一致')
    }
    if (present && present.status !== 'REFUNDCLOSE') return replySuccess(merchant, describeRefund(present))
    if (now() - order.paidAt > refundableForMs) return replyRefusal(merchant, 'TRADE_OVERDUE', '订单已经超过退款期限')
    if (!present && others.length >= mostRefunds) return replyRefusal(merchant, 'INVALID_REQ_TOO_MUCH', '部分退款次数超限')
    const taken = others.filter(({ status }) => status !== 'REFUNDCLOSE').reduce((sum, { refundFee }) => sum + refundFee, 0)
    if (taken + args.refund_fee > order.paidFee) return replyRefusal(merchant, 'INVALID_REQUEST', '申请退款金额大于订单可退金额')

    const accepted: Refund = {
      merchant, outTradeNo: order.outTradeNo, outRefundNo: args.out_refund_no, refundId: present?.refundId ?? inventPayNumber('50', now()),
      transactionId: order.transactionId, totalFee: order.paidFee, refundFee: args.refund_fee, reason: args.refund_desc,
      functionName: args.function_name, status: 'PROCESSING', requestedAt: now(), finishedAt: 0, isCallbackOwed: false,
    }
    await ledger.saveRefund(accepted)
    finishLater(accepted)
    return replySuccess(merchant, describeRefund(accepted))
  }

  const queryRefund: PayCall = async (rawArgs) => {
    const read = readArguments(lookupShape, rawArgs)
    if ('refusal' in read) return read.refusal
    const { args } = read
    const order = ledger.findOrder(args.sub_mch_id, { outTradeNo: args.out_trade_no, transactionId: args.transaction_id })
    const isAsked = (known: Refund): boolean => {
      if (args.out_refund_no !== undefined) return known.outRefundNo === args.out_refund_no
      if (args.refund_id !== undefined) return known.refundId === args.refund_id
      return order !== undefined && known.outTradeNo === order.outTradeNo
    }
    const found = ledger.refunds.values().filter((known) => known.merchant === args.sub_mch_id && isAsked(known))
    const [first] = found
    if (!first) return replyRefusal(args.sub_mch_id, 'REFUNDNOTEXIST', '退款订单查询失败')
    return replySuccess(args.sub_mch_id, {
      out_trade_no: first.outTradeNo, transaction_id: first.transactionId, total_fee: first.totalFee, cash_fee: first.totalFee,
      refund_count: found.length,
      out_refund_no_list: found.map(({ outRefundNo }) => outRefundNo),
      refund_id_list: found.map(({ refundId }) => refundId),
      refund_fee_list: found.map(({ refundFee }) => refundFee),
      refund_status_list: found.map(({ status }) => status),
      refund_success_time_list: found.map(({ status, finishedAt }) => (status === 'SUCCESS' ? toPayTime(finishedAt) : '')),
    })
  }
  return { refund, queryRefund }
}

const describeRefund = (refund: Refund): Record<string, unknown> => ({
  out_trade_no: refund.outTradeNo, transaction_id: refund.transactionId, out_refund_no: refund.outRefundNo, refund_id: refund.refundId,
  refund_fee: refund.refundFee, total_fee: refund.totalFee, cash_fee: refund.totalFee, cash_refund_fee: refund.refundFee,
})
