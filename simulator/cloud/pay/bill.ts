import { gzipSync } from 'node:zlib'
import * as z from 'zod'
import { fromPayTime, toPayDay, toPayTime } from './pay-time'
import { readArguments } from './order-calls'
import type { Order, PayLedger, Refund } from './orders'
import { providerAppId, providerMerchant, replyMalformed } from './pay-reply'
import type { PayCall } from './pay-reply'

const billShape = z.object({
  sub_mch_id: z.string().min(1),
  nonce_str: z.string().min(1),
  bill_date: z.string().regex(/^\d{8}$/),
  bill_type: z.enum(['ALL', 'SUCCESS', 'REFUND']).default('ALL'),
  tar_type: z.literal('GZIP').optional(),
})

const payHeads = [
  '交易时间', '服务商APPID', '商户号', '子商户号', '设备号', '微信订单号', '商户订单号', '用户标识', '交易类型', '交易状态', '付款银行', '货币种类',
  '总金额', '代金券金额',
]
const refundHeads = ['微信退款单号', '商户退款单号', '退款金额', '代金券退款金额', '退款类型', '退款状态']
const tailHeads = ['商品名称', '商户数据包', '手续费', '费率']
const totalHeads = ['总交易单数', '总交易额', '总退款金额', '总代金券退款金额', '手续费总金额']
const readyAfterMs = (24 + 10) * 60 * 60_000
const keptForMs = 92 * 24 * 60 * 60_000
const feeRate = 0.006

type Row = { at: number; order: Order; refund?: Refund }

/** downloadBill: the text WeChat writes, amounts in yuan, each cell behind a backtick, totals last. Ready at 10:00 the next day. */
export const createBillCalls = (ledger: PayLedger, now: () => number): Record<string, PayCall> => ({
  downloadBill: async (rawArgs) => {
    const read = readArguments(billShape, rawArgs)
    if ('refusal' in read) return read.refusal
    const { sub_mch_id: merchant, bill_date: day, bill_type: type, tar_type: packing } = read.args
    const begin = fromPayTime(`${day}000000`)
    if (Number.isNaN(begin) || now() - begin > keptForMs) return { ...replyMalformed('invalid bill_date'), error_code: '20001' }
    const rows = now() < begin + readyAfterMs ? [] : findRows(ledger, merchant, day, type)
    if (rows.length === 0) return { ...replyMalformed('No Bill Exist'), error_code: '20002' }
    const text = Buffer.from(writeBill(rows, type))
    return packing ? gzipSync(text) : text
  },
})

const findRows = (ledger: PayLedger, merchant: string, day: string, type: 'ALL' | 'SUCCESS' | 'REFUND'): Row[] => {
  const orders = ledger.orders.values().filter((order) => order.merchant === merchant && order.state === 'SUCCESS')
  const payments = orders.filter(({ paidAt }) => toPayDay(paidAt) === day).map((order) => ({ at: order.paidAt, order }))
  const refunds = orders.flatMap((order) =>
    ledger.refundsOf(order).filter(({ status, finishedAt }) => status === 'SUCCESS' && toPayDay(finishedAt) === day)
      .map((refund) => ({ at: refund.finishedAt, order, refund })))
  const rows: Row[] = [...(type === 'REFUND' ? [] : payments), ...(type === 'SUCCESS' ? [] : refunds)]
  return rows.sort((a, b) => a.at - b.at)
}

const writeBill = (rows: Row[], type: 'ALL' | 'SUCCESS' | 'REFUND'): string => {
  const heads = [...payHeads, ...(type === 'SUCCESS' ? [] : refundHeads), ...tailHeads]
  const lines = rows.map((row) => writeRow(row, type !== 'SUCCESS'))
  const paid = rows.filter(({ refund }) => !refund).reduce((sum, { order }) => sum + order.paidFee, 0)
  const refunded = rows.reduce((sum, { refund }) => sum + (refund?.refundFee ?? 0), 0)
  const totals = [String(rows.length), toYuan(paid), toYuan(refunded), '0.00', toFee(paid - refunded)]
  return `\ufeff${[heads.join(','), ...lines, totalHeads.join(','), writeCells(totals)].join('\r\n')}\r\n`
}

const writeRow = ({ at, order, refund }: Row, withRefund: boolean): string => {
  const paid = [
    toBillTime(at), providerAppId, providerMerchant, order.merchant, '', order.transactionId, order.outTradeNo, order.openid, 'JSAPI',
    refund ? 'REFUND' : 'SUCCESS', 'OTHERS', 'CNY', toYuan(refund ? 0 : order.paidFee), '0.00',
  ]
  const back = refund
    ? [refund.refundId, refund.outRefundNo, toYuan(refund.refundFee), '0.00', 'ORIGINAL', 'SUCCESS']
    : ['0', '0', '0.00', '0.00', '', '']
  const fee = toFee(refund ? -refund.refundFee : order.paidFee)
  return writeCells([...paid, ...(withRefund ? back : []), order.body, order.attach, fee, '0.60%'])
}

const writeCells = (cells: string[]): string => cells.map((cell) => `\`${cell.replace(/[,\r\n]/g, ' ')}`).join(',')
const toYuan = (fen: number): string => (fen / 100).toFixed(2)
const toFee = (fen: number): string => (Math.round(fen * feeRate) / 100).toFixed(5)
const toBillTime = (at: number): string => toPayTime(at).replace(/(....)(..)(..)(..)(..)(..)/, '$1-$2-$3 $4:$5:$6')
