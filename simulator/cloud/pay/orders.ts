import { randomInt } from 'node:crypto'
import { toPayTime } from './pay-time'
import type { Records, Table } from '../records'

/** A merchant's order as WeChat Pay holds it. Amounts are integer fen, times milliseconds. */
export type Order = {
  merchant: string
  outTradeNo: string
  openid: string
  body: string
  attach: string
  totalFee: number
  functionName: string
  prepayId: string
  createdAt: number
  expiresAt: number
  state: 'NOTPAY' | 'SUCCESS' | 'CLOSED'
  transactionId: string
  /** What the payer really paid; differs from totalFee only when told to. */
  paidFee: number
  paidAt: number
  isCallbackOwed: boolean
}

export type Refund = {
  merchant: string
  outTradeNo: string
  outRefundNo: string
  refundId: string
  transactionId: string
  totalFee: number
  refundFee: number
  reason: string
  functionName: string
  status: 'PROCESSING' | 'SUCCESS' | 'CHANGE' | 'REFUNDCLOSE'
  requestedAt: number
  finishedAt: number
  isCallbackOwed: boolean
}

export type PayLedger = {
  orders: Table<Order>
  refunds: Table<Refund>
  findOrder: (merchant: string, numbers: { outTradeNo?: unknown; transactionId?: unknown }) => Order | undefined
  findRefund: (merchant: string, outRefundNo: string) => Refund | undefined
  refundsOf: (order: Order) => Refund[]
  save: (order: Order) => Promise<unknown>
  saveRefund: (refund: Refund) => Promise<unknown>
  clear: () => Promise<void>
}

export const openPayLedger = (records: Records): PayLedger => {
  const orders = records.table<Order>('orders')
  const refunds = records.table<Refund>('refunds')
  const keyOf = (merchant: string, number: string): string => `${merchant} ${number}`
  return {
    orders,
    refunds,
    findOrder: (merchant, { outTradeNo, transactionId }) => {
      if (typeof outTradeNo === 'string') return orders.get(keyOf(merchant, outTradeNo))
      if (typeof transactionId !== 'string' || transactionId === '') return undefined
      return orders.values().find((order) => order.merchant === merchant && order.transactionId === transactionId)
    },
    findRefund: (merchant, outRefundNo) => refunds.get(keyOf(merchant, outRefundNo)),
    refundsOf: (order) => refunds.values().filter((refund) => refund.merchant === order.merchant && refund.outTradeNo === order.outTradeNo),
    save: (order) => orders.put(keyOf(order.merchant, order.outTradeNo), order),
    saveRefund: (refund) => refunds.put(keyOf(refund.merchant, refund.outRefundNo), refund),
    clear: async () => {
      await Promise.all([orders.clear(), refunds.clear()])
    },
  }
}

/** 28 digits, as WeChat's own numbers are; `prefix` tells payments (42) from refunds (50). */
export const inventPayNumber = (prefix: '42' | '50', at: number): string =>
  `${prefix}00${toPayTime(at).slice(0, 8)}${inventDigits()}${inventDigits()}`

const inventDigits = (): string => String(randomInt(100_000_000)).padStart(8, '0')
