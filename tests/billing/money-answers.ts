// What the cloud answers about money in page tests, typed by the contracts so that a change there stops here.
import type { Output } from '../../cloudfunctions/_shared/contract'
import type { BillCard, BillDetail, BillingContract } from '../../cloudfunctions/billing/contract'
import type { PaymentCard, PaymentsContract } from '../../cloudfunctions/payments/contract'
import type { BillPage, RefundCard, RefundsContract } from '../../cloudfunctions/refunds/contract'

const source = { kind: 'repair' as const, repairId: 'r-1', orderNo: '260503-3F7K2' }

export const aBill = (change: Partial<BillCard> = {}): BillCard => ({
  billId: 'b-1', amountFen: 8000, refundedFen: 0, status: 'unpaid', isPosting: false, issuedAt: '2026-05-03T06:30:00.000Z', title: '厨房水槽下面漏水 维修费',
  houseLabel: '3号楼2单元501', source, settledAt: null, nextSteps: ['pay'], ...change,
})

export const aBillList = (bills: BillCard[], change: Partial<Output<BillingContract, 'list'>> = {}): Output<BillingContract, 'list'> => {
  const owed = bills.filter(({ status, isPosting }) => status === 'unpaid' && !isPosting)
  return { bills, nextCursor: null, owed: { amountFen: owed.reduce((sum, { amountFen }) => sum + amountFen, 0), count: owed.length }, cannotPay: null, ...change }
}

type PaymentPart = BillPage['payments'][number]
export const aPayment = (change: Partial<PaymentPart> = {}): PaymentPart => ({
  paymentId: 'p-1', billId: 'b-1', houseLabel: '3号楼2单元501', source, amountFen: 8000, refundedFen: 0, surplusFen: 0, method: 'wechat', status: 'paid', payerName: '王秀英',
  recordedByName: null, note: '', photos: [], transactionId: '4200001234', createdAt: '2026-05-03T06:40:00.000Z', paidAt: '2026-05-03T06:41:00.000Z',
  refundableFen: 8000, routes: ['wechat'], nextSteps: [], ...change,
})

export const aRefund = (change: Partial<RefundCard> = {}): RefundCard => ({
  refundId: 'f-1', paymentId: 'p-1', billId: 'b-1', houseLabel: '3号楼2单元501', source, amountFen: 3000, isSurplus: false, route: 'wechat', status: 'requested',
  requested: { by: '钱会计', at: '2026-05-03T07:00:00.000Z', note: '多收了材料费' }, decided: null, posted: null, trouble: null, nextSteps: [], ...change,
})

export const anOpenedBill = (bill: Partial<BillDetail> = {}, change: Partial<BillPage> = {}): BillPage => ({
  bill: {
    ...aBill(), communityName: '翠湖花园', waiver: null,
    lines: [{ name: '不锈钢软管', unit: '根', quantity: 1, priceFen: 3000, amountFen: 3000 }, { name: '上门维修', unit: '次', quantity: 1, priceFen: 5000, amountFen: 5000 }],
    ...bill,
  },
  payments: [], refunds: [], cannotPay: null, templateIds: ['template-payment'], limits: { reasonLength: 200, noteLength: 200 }, uploadPrefix: null, ...change,
})

export const aDeskPage = (bills: BillCard[], unpaid = { amountFen: 8000, count: 1 }): Output<BillingContract, 'desk'> => ({ bills, nextCursor: null, unpaid })
export const aPaymentPage = (payments: PaymentCard[], change: Partial<Output<PaymentsContract, 'list'>> = {}): Output<PaymentsContract, 'list'> => ({
  payments, nextCursor: null, sums: [], suspectCount: 0, uploadPrefix: 'payments/c-1', ...change,
})
export const aRefundPage = (refunds: RefundCard[], waiting = { requested: 0, payOut: 0 }): Output<RefundsContract, 'list'> => ({ refunds, nextCursor: null, waiting })
