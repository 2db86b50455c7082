import type { Session } from '../../../cloudfunctions/members/contract'
import type { OpenedRepair } from '../../services/repairs'
import { billTag, sayBill } from '../../support/bill-words'
import { billDetailPage } from '../../support/open-page'

const desk = ['manager', 'clerk', 'cashier']

/** Whoever sees what the house owes, and the desk; for others an amount is all there is to see. The server judges again. */
const mayOpen = ({ houseLabel, communityName }: OpenedRepair['repair'], session: Session | null): boolean =>
  desk.includes(session?.post?.role ?? '') ||
  (session?.houses ?? []).some((house) => house.label === houseLabel && house.communityName === communityName && house.scopes.includes('bills'))

/** 待缴 ¥80.00 · 去支付: what the household was charged, once each time the work was finished. */
export const viewBills = ({ repair, bills }: OpenedRepair, isHousehold: boolean, session: Session | null) =>
  bills.map((bill) => ({
    billId: bill.billId,
    page: mayOpen(repair, session) ? billDetailPage(bill.billId) : '',
    said: sayBill(bill),
    icon: billTag(bill).icon,
    action: isHousehold && bill.status === 'unpaid' && !bill.isPosting ? '去支付' : '看账单',
    isOwed: bill.status === 'unpaid' && !bill.isPosting,
  }))
