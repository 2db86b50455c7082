import type { PriceItem, Step } from '../../../cloudfunctions/repairs/contract'
import { asServiceError } from '../../services/cloud'
import { deferredSteps, dropDeferred, sendDeferred } from '../../services/deferred-steps'
import { ensureSession } from '../../services/members'
import type { OpenedRepair } from '../../services/repairs'
import { getRepair, listPrices } from '../../services/repairs'
import { afterLoad, type LoadState, showCachedThenFresh } from '../../support/cached'
import type { Told } from '../../support/events'
import { openPage, repairDetailPage, repairQuotePage, repairTalkPage } from '../../support/open-page'
import type { Photo } from '../../support/photos'
import { asksAgain, notLoaded } from '../../support/refreshing'
import { keptCost, quoteAnew } from './costing'
import { type DetailView, mayBeExpired, viewDetail } from './detail-view'
import { type Candidate, findCandidates } from './merging'
import { keepQuote } from './quoting'
import type { StepDraft, StepErrors, StepForm } from './step-forms'
import { emptyStep, formOf, missingInStep } from './step-forms'
import { callResident, keepStep, loadTechnicians, mayAccept, mayConfirm, noTechnicians, restoreStep, takeStep } from './step-taking'
import { closedVisits, findVisits, type VisitHours } from './visiting'

const none: StepErrors = {}
const say: Partial<Record<Step, string>> = { urge: '已经替您催了，师傅会收到提醒', rate: '谢谢您的评价', arrive: '已经告诉住户您到了' }

/** One order on a page: loads it, opens the form a step asks for, takes steps, and says what came of them. */
export const repairCase = Behavior({
  data: {
    ...notLoaded,
    news: '',
    view: null as DetailView | null,
    deferredNote: '',
    deferredAction: '',
    /** The step whose form lies over the page. */
    openStep: '' as Step | '',
    form: null as StepForm | null,
    draft: emptyStep,
    errors: none,
    busyStep: '' as Step | '',
    refusal: '',
    ...noTechnicians,
    candidates: [] as Candidate[],
    prices: [] as PriceItem[],
    visits: closedVisits,
  },
  methods: {
    async refresh(this: RepairCase) {
      const { repairId } = this
      if (!repairId) return
      try {
        const [opened] = await Promise.all([getRepair(repairId), ensureSession()])
        if (repairId !== this.repairId) return
        this.opened = opened
        this.setData({ ...(this.loadedAt > 0 && { news: '' }), ...afterLoad(null, 'ready') })
        this.loadedAt = Date.now()
        this.draw()
      } catch (error) {
        if (repairId === this.repairId) this.setData(afterLoad(asServiceError(error), this.data.state))
      }
    },
    draw(this: RepairCase) {
      if (!this.opened) return
      const deferred = deferredSteps.get().find(({ repairId }) => repairId === this.repairId) ?? null
      this.setData({
        view: viewDetail(this.opened, deferred, Date.now()),
        deferredNote: !deferred ? '' : deferred.refusal ? `没能提交：${deferred.refusal}` : '没有网络，已存在手机里；有网络时自动提交',
        deferredAction: !deferred ? '' : deferred.refusal ? '知道了' : '现在提交',
      })
    },
    async onDeferred(this: RepairCase) {
      const deferred = deferredSteps.get().find(({ repairId }) => repairId === this.repairId)
      if (deferred?.refusal) dropDeferred(deferred)
      else await sendDeferred()
      await this.refresh()
    },
    onRetry: asksAgain.onRetry,
    onExpired(this: RepairCase) {
      if (mayBeExpired(this.loadedAt, Date.now())) void this.refresh()
    },

    async onStep(this: RepairCase, event: Told<{ step: Step }>) {
      const { step } = event.detail
      if (this.data.busyStep) return
      if (step === 'quote') return openPage(repairQuotePage(this.repairId))
      if (step === 'assign' || formOf(step)) return this.openForm(step)
      if (step === 'accept' && !(await mayAccept(this.data.view?.quotation?.total ?? ''))) return
      if (step === 'confirm' && !(await mayConfirm())) return
      await this.take(step, emptyStep)
    },
    async openForm(this: RepairCase, step: Step) {
      const form = formOf(step)
      const draft = restoreStep(this.repairId, step)
      const accepted = this.data.view?.accepted ?? null
      this.setData({
        openStep: step, form, draft: { ...draft, cost: keptCost(draft.cost, accepted) }, errors: none, refusal: '', visits: closedVisits, ...noTechnicians,
      })
      if (step === 'assign' || form?.picks === 'technician') this.setData(await loadTechnicians())
      if (step === 'reschedule') await findVisits(this, { repairId: this.repairId })
      if (form?.asksCost && accepted) {
        await showCachedThenFresh('prices', { state: 'loading', load: listPrices, show: ({ items }: { items: PriceItem[] }) => this.setData({ prices: items }) })
      }
      if (step === 'merge') this.setData({ candidates: await findCandidates(this.repairId, this.data.view!.category) })
    },
    onRetryVisits(this: RepairCase) {
      return findVisits(this, { repairId: this.repairId })
    },
    onRetryTechnicians(this: RepairCase) {
      return this.data.openStep ? this.openForm(this.data.openStep) : undefined
    },
    onWrite(this: RepairCase, event: Told<Partial<StepDraft>>) {
      const step = this.data.openStep
      if (!step) return
      const draft = { ...this.data.draft, ...event.detail }
      keepStep(this.repairId, step, draft)
      this.setData({ draft, errors: none })
    },
    onSubmitStep(this: RepairCase) {
      const { openStep: step, form, draft } = this.data
      if (!step || !form) return
      const errors = missingInStep(form, draft)
      if (Object.keys(errors).length > 0) return this.setData({ errors })
      return this.take(step, draft)
    },
    /** Nobody is charged what he did not agree to: what was written about the work stays, for when the household has answered. */
    onRequote(this: RepairCase) {
      const { cost } = this.data.draft
      if (cost) keepQuote(this.repairId, quoteAnew(cost))
      this.setData({ openStep: '' })
      openPage(repairQuotePage(this.repairId))
    },
    onTechnician(this: RepairCase, event: Told<{ technicianId: string }>) {
      return this.take('assign', { ...emptyStep, technicianId: event.detail.technicianId })
    },
    onCloseForm(this: RepairCase) {
      if (!this.data.busyStep) this.setData({ openStep: '', refusal: '' })
    },

    /** One step at a time. Afterwards, or when somebody else was quicker, the page shows what is true now. */
    async take(this: RepairCase, step: Step, draft: StepDraft) {
      if (this.data.busyStep) return
      this.setData({ busyStep: step, refusal: '', errors: none })
      const onPhotos = (photos: Photo[]): void => this.onWrite({ detail: { photos } })
      const order = { repairId: this.repairId, step, uploadPrefix: this.data.view?.uploadPrefix ?? '', onPhotos }
      const { result, isOutOfDate, refusal, noteError } = await takeStep(order, draft)
      if (isOutOfDate) await this.refresh()
      if (result === 'deferred') this.draw()
      const isDone = result !== 'refused' || isOutOfDate
      this.setData({ busyStep: '', refusal, errors: noteError ? { note: noteError } : none, ...(isDone && { openStep: '' }) })
      if (result === 'taken') this.setData({ news: say[step] ?? '' })
      if (isDone) this.triggerChange?.()
    },

    onTalk(this: RepairCase) {
      openPage(repairTalkPage(this.repairId))
    },
    onMerged(this: RepairCase) {
      if (this.data.view) openPage(repairDetailPage(this.data.view.mergedInto))
    },
    onCall(this: RepairCase) {
      return callResident(this.repairId)
    },
  },
})

type Data = Pick<
  { state: LoadState; view: DetailView | null; openStep: Step | ''; form: StepForm | null; draft: StepDraft; busyStep: Step | ''; visits: VisitHours },
  'state' | 'view' | 'openStep' | 'form' | 'draft' | 'busyStep' | 'visits'
>

/** What a page that takes `repairCase` has: its own fields, and the methods of the behaviour. */
export type RepairCase = {
  repairId: string
  loadedAt: number
  opened: OpenedRepair | null
  /** Told after an order changed; for a page that shows a list beside it. */
  triggerChange?: () => void
  data: Data
  setData(change: object): void
  refresh(): Promise<void>
  draw(): void
  openForm(step: Step): Promise<void>
  onWrite(event: Told<Partial<StepDraft>>): void
  take(step: Step, draft: StepDraft): Promise<void>
}
