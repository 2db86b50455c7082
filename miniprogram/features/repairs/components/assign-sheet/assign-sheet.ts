import type { Technician } from '../../../../services/repairs'
import type { Tap } from '../../../../support/events'

/** Whom to give an order to: who is on duty first, and how much each has in hand. Emits `pick` with the technicianId, `retry` and `close`. */
Component({
  properties: {
    visible: { type: Boolean, value: false },
    state: { type: String, value: 'loading' },
    failure: { type: String, value: '' },
    technicians: { type: Array, value: [] as Technician[] },
    isBusy: { type: Boolean, value: false },
    refusal: { type: String, value: '' },
  },
  methods: {
    onPick(event: Tap<{ id: string }>) {
      if (!this.data.isBusy) this.triggerEvent('pick', { technicianId: event.currentTarget.dataset.id })
    },
    onRetry() {
      this.triggerEvent('retry')
    },
    onClose() {
      this.triggerEvent('close')
    },
  },
})
