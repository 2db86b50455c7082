import type { Tap } from '../../../../support/events'

type Action = { key: string; word: string }

/** One person of a house, and what the desk can do about them. Emits `act` with the `key` of the action. */
Component({
  properties: {
    title: { type: String, value: '' },
    meta: { type: String, value: '' },
    phone: { type: String, value: '' },
    actions: { type: Array, value: [] as Action[] },
  },
  methods: {
    onAct(event: Tap<{ key: string }>) {
      this.triggerEvent('act', { key: event.currentTarget.dataset.key })
    },
  },
})
