import type { Tap } from '../../../../support/events'
import type { BillView } from '../../bill-detail-view'
import type { MoneyStep } from '../../money-forms'

/** Money on its way back, who asked and who agreed. Emits `step` with its `id`. */
Component({
  properties: { refund: { type: Object, value: null as unknown as BillView['refunds'][number] } },
  methods: {
    onStep(event: Tap<{ step: MoneyStep; id: string }>) {
      const { step, id } = event.currentTarget.dataset
      this.triggerEvent('step', { step, id })
    },
  },
})
