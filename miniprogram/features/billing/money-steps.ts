import { recordPayment, waiveBill, dismissPayment } from '../../services/payments'
import { storePhotos } from '../../services/photos'
import { approveRefund, payOutRefund, rejectRefund, requestRefund } from '../../services/refunds'
import { readYuan } from '../../support/money'
import { dropPhotos, type Photo } from '../../support/photos'
import type { MoneyDraft, MoneyStep } from './money-forms'

/** What a step is about: `id` of the bill, the payment or the refund. */
export type MoneyMove = { step: MoneyStep; id: string; uploadPrefix: string; onPhotos: (photos: Photo[]) => void }

const record = async ({ id, uploadPrefix, onPhotos }: MoneyMove, draft: MoneyDraft, requestId: string): Promise<void> => {
  const stored = await storePhotos(draft.photos, uploadPrefix, onPhotos)
  const { method, payerName, note } = draft
  await recordPayment({ billId: id, method, payerName: payerName.trim(), note: note.trim(), photos: stored.map(({ fileId }) => fileId), requestId })
  dropPhotos(stored)
}

/** Takes a step under its request id; throws the refusal. Answers what to say once it is done. */
export const takeMoneyStep = async (move: MoneyMove, draft: MoneyDraft, requestId: string): Promise<string> => {
  const { step, id } = move
  const note = draft.note.trim()
  const steps: Record<MoneyStep, () => Promise<unknown>> = {
    record: () => record(move, draft, requestId),
    waive: () => waiveBill({ billId: id, reason: note, requestId }),
    dismiss: () => dismissPayment({ paymentId: id, note, requestId }),
    requestRefund: () => requestRefund({ paymentId: id, amountFen: readYuan(draft.amount) ?? 0, reason: note, ...(draft.route && { route: draft.route }), requestId }),
    approve: () => approveRefund({ refundId: id, note, requestId }),
    reject: () => rejectRefund({ refundId: id, note, requestId }),
    payOut: () => payOutRefund({ refundId: id, note, requestId }),
  }
  await steps[step]()
  return said[step]
}

const said: Record<MoneyStep, string> = {
  record: '收款已登记',
  waive: '已减免，住户会收到通知',
  dismiss: '已核对，账单可以重新缴',
  requestRefund: '已提交，等另一位管理员审批',
  approve: '已同意退款',
  reject: '已驳回',
  payOut: '退款已登记',
}
