import type { Slot, VisitSlot } from '../../../../../cloudfunctions/repairs/contract'
import type { Told } from '../../../../support/events'

/** 改约: when somebody should come instead. Emits `write` with the slot, `submit`, `retry` and `close`. */
Component({
  properties: {
    visible: { type: Boolean, value: false },
    state: { type: String, value: 'loading' },
    failure: { type: String, value: '' },
    slots: { type: Array, value: [] as VisitSlot[] },
    areBooked: { type: Boolean, value: false },
    chosen: { type: Object, value: null as unknown as Slot },
    current: { type: Object, value: null as unknown as Slot },
    error: { type: String, value: '' },
    isBusy: { type: Boolean, value: false },
    refusal: { type: String, value: '' },
  },
  methods: {
    onChange(event: Told<{ slot: Slot | null }>) {
      if (!this.data.isBusy) this.triggerEvent('write', event.detail)
    },
    onRetry() {
      this.triggerEvent('retry')
    },
    onSubmit() {
      if (!this.data.isBusy) this.triggerEvent('submit')
    },
    onClose() {
      if (!this.data.isBusy) this.triggerEvent('close')
    },
  },
})
