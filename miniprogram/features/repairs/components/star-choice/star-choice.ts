import type { Tap } from '../../../../support/events'

const words = ['', '很不满意', '不满意', '一般', '满意', '很满意']

/** One to five stars. Emits `pick`. */
Component({
  properties: { stars: { type: Number, value: 0 } },
  data: { all: [1, 2, 3, 4, 5], words },
  methods: {
    onPick(event: Tap<{ stars: number }>) {
      this.triggerEvent('pick', { stars: event.currentTarget.dataset.stars })
    },
  },
})
