import type { PriceItem } from '../../../../../cloudfunctions/repairs/contract'
import type { Technician } from '../../../../services/repairs'
import type { Told } from '../../../../support/events'
import type { DetailView } from '../../detail-view'
import type { Candidate } from '../../merging'
import { closedVisits } from '../../visiting'
import { emptyStep, type StepDraft, type StepErrors, type StepForm } from '../../step-forms'

/** The form of the step that is being taken, over the page. Emits `pick`, `retry` (`retryvisits` for hours), `write`, `submit`, `requote` and `close`. */
Component({
  properties: {
    openStep: { type: String, value: '' },
    form: { type: Object, value: null as unknown as StepForm },
    draft: { type: Object, value: emptyStep },
    errors: { type: Object, value: {} as StepErrors },
    view: { type: Object, value: null as unknown as DetailView },
    technicianState: { type: String, value: 'loading' },
    technicianFailure: { type: String, value: '' },
    technicians: { type: Array, value: [] as Technician[] },
    visits: { type: Object, value: closedVisits },
    candidates: { type: Array, value: [] as Candidate[] },
    prices: { type: Array, value: [] as PriceItem[] },
    busyStep: { type: String, value: '' },
    refusal: { type: String, value: '' },
  },
  methods: {
    onPick(event: Told<{ technicianId: string }>) {
      this.triggerEvent('pick', event.detail)
    },
    onRetry() {
      this.triggerEvent('retry')
    },
    onRetryVisits() {
      this.triggerEvent('retryvisits')
    },
    onWrite(event: Told<Partial<StepDraft>>) {
      this.triggerEvent('write', event.detail)
    },
    onSubmit() {
      this.triggerEvent('submit')
    },
    onRequote() {
      this.triggerEvent('requote')
    },
    onClose() {
      this.triggerEvent('close')
    },
  },
})
