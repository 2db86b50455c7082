import type { Tap } from '../../support/events'

type Choice = { key: string; title: string; meta: string }

/** A list to choose one from: WeChat's own action sheet takes six rows at most. Emits `pick` with `key`, and `close`. */
Component({
  properties: {
    visible: { type: Boolean, value: false },
    title: { type: String, value: '' },
    choices: { type: Array, value: [] as Choice[] },
    chosen: { type: String, value: '' },
  },
  methods: {
    onPick(event: Tap<{ key: string }>) {
      this.triggerEvent('pick', { key: event.currentTarget.dataset.key })
    },
    onClose() {
      this.triggerEvent('close')
    },
  },
})
