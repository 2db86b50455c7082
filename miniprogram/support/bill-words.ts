import type { BillSummary } from '../../cloudfunctions/billing/contract'
import { sayMoney } from './money'
import type { Tag } from './repair-words'

type Standing = Pick<BillSummary, 'status' | 'isPosting' | 'amountFen' | 'refundedFen'>

/** How a bill stands, in a word. 入账中 is not to be paid again; a bill that was given back wholly was paid all the same. */
export const billTag = ({ status, isPosting, amountFen, refundedFen }: Standing): Tag => {
  if (status === 'waived') return { word: '已减免', tone: 'quiet', icon: 'check-circle' }
  if (status === 'unpaid') return isPosting ? { word: '入账中', tone: 'working', icon: 'time' } : { word: '待缴', tone: 'waiting', icon: 'money' }
  if (refundedFen === 0) return { word: '已支付', tone: 'done', icon: 'check-circle' }
  return refundedFen < amountFen ? { word: '部分退款', tone: 'done', icon: 'rollback' } : { word: '已退款', tone: 'quiet', icon: 'rollback' }
}

/** 待缴 ¥80.00 · 已支付 ¥80.00 · 已退款 ¥80.00, with how much of it where that is not all. */
export const sayBill = (bill: Standing): string =>
  bill.refundedFen > 0 && bill.refundedFen < bill.amountFen
    ? `已支付 ${sayMoney(bill.amountFen)}，退了 ${sayMoney(bill.refundedFen)}`
    : `${billTag(bill).word} ${sayMoney(bill.amountFen)}`
