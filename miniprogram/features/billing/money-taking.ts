import type { OpenedBill } from '../../services/refunds'
import { clearDraft, readDraft, saveDraft } from '../../support/drafts'
import type { Tap, Told } from '../../support/events'
import { sayMoney } from '../../support/money'
import { stopped } from '../../support/photos'
import { calm, submit } from '../../support/submitting'
import { emptyMoney, missingInMoney, type MoneyDraft, type MoneyErrors, moneyForm, type MoneyForm, type MoneyStep } from './money-forms'
import { takeMoneyStep } from './money-steps'

/** The step whose form lies over the page, and of what: the bill, a payment or a refund. */
type Open = { step: MoneyStep; id: string; mostFen: number }

const nameOf = ({ step, id }: Open): string => `money.${step}.${id}`
const restore = (open: Open): MoneyDraft => {
  const kept = { ...emptyMoney, ...readDraft<MoneyDraft>(nameOf(open)) }
  return { ...kept, photos: stopped(kept.photos) }
}

/** How much a step is about, of what the bill shows. */
const amountOf = ({ bill, payments, refunds }: OpenedBill, id: string): number =>
  refunds.find(({ refundId }) => refundId === id)?.amountFen ?? payments.find(({ paymentId }) => paymentId === id)?.amountFen ?? bill.amountFen

/** What staff do about the money a page shows: opens the form of a step, keeps what is written, sends it once. */
export const moneyTaking = Behavior({
  data: { ...calm, open: null as Open | null, form: null as MoneyForm | null, draft: emptyMoney, most: '', routes: [] as string[], news: '' },
  methods: {
    onMoney(this: MoneyTaking, event: Told<{ step: MoneyStep; id: string }> & Tap<{ step?: MoneyStep; id?: string }>) {
      const { step, id } = event.detail.step ? event.detail : (event.currentTarget.dataset as { step: MoneyStep; id: string })
      if (!this.opened || this.data.isBusy) return
      const payment = this.opened.payments.find(({ paymentId }) => paymentId === id)
      const open = { step, id, mostFen: payment?.refundableFen ?? 0 }
      this.setData({
        ...calm, open, form: moneyForm(step, amountOf(this.opened, id)), draft: restore(open), most: sayMoney(open.mostFen), routes: payment?.routes ?? [], news: '',
      })
    },
    onWrite(this: MoneyTaking, event: Told<Partial<MoneyDraft>>) {
      const { open } = this.data
      if (!open) return
      const draft = { ...this.data.draft, ...event.detail }
      saveDraft(nameOf(open), draft)
      this.setData({ draft, errors: {} })
    },
    async onSubmitMoney(this: MoneyTaking) {
      const { open, form, draft } = this.data
      if (!open || !form) return
      const errors = missingInMoney(form, draft, open.mostFen)
      if (Object.keys(errors).length > 0) return this.setData({ errors })
      const move = { ...open, uploadPrefix: this.opened?.uploadPrefix ?? '', onPhotos: (photos: MoneyDraft['photos']) => this.onWrite({ detail: { photos } }) }
      const news = await submit(this, nameOf(open), (requestId) => takeMoneyStep(move, draft, requestId), ({ code, fields }) => {
        this.setData({ errors: { note: fields.note ?? fields.reason, payerName: fields.payerName, amount: fields.amountFen, photos: fields.photos } })
        if (code === 'CONFLICT') void this.refresh()
      })
      if (news === null) return
      clearDraft(nameOf(open))
      this.setData({ open: null, form: null, news })
      await this.refresh()
    },
    onCloseMoney(this: MoneyTaking) {
      if (!this.data.isBusy) this.setData({ open: null, form: null, refusal: '' })
    },
  },
})

/** What a page that takes `moneyTaking` has. */
type MoneyTaking = {
  opened: OpenedBill | null
  data: { isBusy: boolean; open: Open | null; form: MoneyForm | null; draft: MoneyDraft }
  setData(change: { errors?: MoneyErrors } & Record<string, unknown>): void
  refresh(): Promise<void>
  onWrite(event: Told<Partial<MoneyDraft>>): void
}
