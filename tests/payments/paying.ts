// Paying for a repair as people do: at the phone, at the counter, and at WeChat Pay's own end.
import type { Bill } from '../../cloudfunctions/billing/bill'
import type { PaymentsContract } from '../../cloudfunctions/payments/contract'
import type { Payment } from '../../cloudfunctions/payments/payment'
import { chargesOf } from '../billing/charged'
import { newRequest, type Village } from '../support/village'

type Outcome = 'success' | 'cancel' | 'callback-lost' | 'callback-late' | 'callback-repeated' | 'callback-forged' | 'wrong-amount'
export type Delivery = { isAcknowledged: boolean; source: string; result?: unknown }

export const minutesFromNow = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString()

export const payingIn = (village: Village) => {
  const charges = chargesOf(village)
  const tryAs = async (who: string, action: keyof PaymentsContract & string, input: object): Promise<string> => {
    const answer = await village.as(who).callRaw('payments', { action, input })
    return answer.ok ? 'OK' : (answer.error.reason ?? answer.error.code)
  }
  const start = (who: string, billId: string, requestId = newRequest()) => village.as(who).get('payments', 'start', { billId, requestId })
  const paymentOf = async (paymentId: string) => (await village.documents('payments')).find(({ _id }) => _id === paymentId) as unknown as Payment
  const billOf = async (billId: string) => (await village.documents('bills')).find(({ _id }) => _id === billId) as unknown as Bill
  const decide = (outTradeNo: string, outcome: Outcome, more: object = {}) =>
    village.post('/control/pay', { outTradeNo, outcome, ...more }) as Promise<{ state: string; deliveries: Delivery[] }>
  return {
    charges, tryAs, start, paymentOf, billOf, decide,
    paymentsOf: async (billId: string) => (await village.documents('payments')).filter((payment) => payment.billId === billId) as unknown as Payment[],
    confirm: async (who: string, paymentId: string) => (await village.as(who).get('payments', 'confirm', { paymentId })).state,
    /** 王秀英's bill of 80 yuan, and her order to pay it. */
    started: async () => {
      const { billId, repairId } = await charges.charged()
      return { billId, repairId, ...(await start('wang', billId)) }
    },
    record: (who: string, billId: string, more: object = {}) => tryAs(who, 'record', { billId, method: 'cash', payerName: '王秀英', requestId: newRequest(), ...more }),
    waive: (who: string, billId: string, requestId = newRequest()) => tryAs(who, 'waive', { billId, reason: '返修，不再收费', requestId }),
    /** What `tick` does so many minutes from now, when time has really passed. */
    later: async (minutes: number) => {
      await village.post('/control/clock', { now: minutesFromNow(minutes) })
      await village.tick(minutesFromNow(minutes))
    },
    askWeChat: (outTradeNo: string) => village.post('/control/pay', { outTradeNo, outcome: 'cancel' }) as Promise<{ state: string }>,
    /** Every notice of that title that somebody got about it. */
    toldOf: async (title: string) => (await village.documents('inbox')).filter((row) => row.title === title).map(({ memberId }) => String(memberId)).sort(),
    noTrouble: async () => {
      await village.post('/control/clock', { now: null })
      await village.post('/control/fault', { kind: 'none' })
    },
  }
}
