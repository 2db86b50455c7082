import type { PaymentParameters } from '../../../cloudfunctions/payments/contract'
import { asServiceError } from '../../services/cloud'
import { offerMessages } from '../../services/messages'
import { confirmPayment, startPayment } from '../../services/payments'
import { createRequestId } from '../../support/request-id'
import { forget, recall, remember } from '../../support/storage'

/**
 * How paying stands, as far as is known. `posting`: money has moved and is being put down. `unknown`: it may have moved, and nobody could be
 * asked. Neither is paid, and neither is to be paid again. `ended`: nothing is under way, and `words` says why.
 */
export type Paying = { state: 'paid' | 'posting' | 'unknown' | 'ended'; words: string }

export const idle: Paying = { state: 'ended', words: '' }
const ended = (words: string): Paying => ({ state: 'ended', words })
const unknown: Paying = { state: 'unknown', words: '还没能确认付款结果。如果已经扣款，会自动入账，请不要重复付款' }

// A payment outlives the page, and the mini-program being killed while WeChat's sheet lies over it.
type Begun = { paymentId: string; paidAt: number | null }
const key = (billId: string): string => `paying.${billId}`
const begun = (billId: string): Begun | null => recall<Begun>(key(billId))
const keep = (billId: string, payment: Begun): void => remember(key(billId), payment)

/** Whether this phone began to pay the bill, and has not heard yet how that ended. */
export const hasBegun = (billId: string): boolean => begun(billId) !== null

const begin = async (billId: string) => {
  // Whose reply was lost needs no older id: the cloud gives a person their own open order again.
  const started = await startPayment({ billId, requestId: createRequestId() })
  keep(billId, { paymentId: started.paymentId, paidAt: null })
  return started
}

/** WeChat's own sheet. However it ends, it is WeChat Pay in the cloud that knows whether money moved. */
const showSheet = async (parameters: PaymentParameters): Promise<'done' | 'cancelled' | 'failed'> => {
  try {
    await wx.requestPayment(parameters)
    return 'done'
  } catch (error) {
    return /cancel/.test(String((error as { errMsg?: unknown } | null)?.errMsg)) ? 'cancelled' : 'failed'
  }
}

// WeChat's own books may be a moment behind its sheet; not longer than this.
const mayLagMs = 5 * 60_000
const saysPaid = ({ paidAt }: Begun): boolean => paidAt !== null && Date.now() - paidAt < mayLagMs

/** What WeChat Pay says of the payment this phone began. Never throws: who cannot ask does not know. */
export const confirmPaying = async (billId: string): Promise<Paying> => {
  const payment = begun(billId)
  if (!payment) return idle
  try {
    const { state } = await confirmPayment(payment.paymentId)
    if (state === 'posting') return { state, words: '' }
    if (state === 'unpaid' && saysPaid(payment)) return unknown
    forget(key(billId))
    return state === 'paid' ? { state, words: '付好了，已经入账' } : ended('这次没有付款，可以再付')
  } catch (error) {
    if (asServiceError(error).code !== 'NOT_FOUND') return unknown
    forget(key(billId))
    return idle
  }
}

/** Pays a bill; called first thing in a tap, which alone may ask for messages: those that `templateIds` names. Never throws. */
export const payBill = async (billId: string, templateIds: string[]): Promise<Paying> => {
  const offered = offerMessages(templateIds)
  try {
    const [{ paymentId, parameters }] = await Promise.all([begin(billId), offered])
    const end = await showSheet(parameters)
    if (end === 'cancelled') {
      forget(key(billId))
      return ended('已取消，没有付款；随时可以再付')
    }
    if (end === 'done') keep(billId, { paymentId, paidAt: Date.now() })
    return await confirmPaying(billId)
  } catch (error) {
    return ended(asServiceError(error).message)
  }
}
