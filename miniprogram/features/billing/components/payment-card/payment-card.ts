import type { Tap } from '../../../../support/events'
import type { BillView } from '../../bill-detail-view'
import type { MoneyStep } from '../../money-forms'

/** Money that came for a bill, and what may be done about it. Emits `step` with its `id`, and `expired`. */
Component({
  properties: { payment: { type: Object, value: null as unknown as BillView['payments'][number] } },
  methods: {
    onStep(event: Tap<{ step: MoneyStep; id: string }>) {
      const { step, id } = event.currentTarget.dataset
      this.triggerEvent('step', { step, id })
    },
    onExpired() {
      this.triggerEvent('expired')
    },
  },
})
