import type { Tap } from '../../support/events'

type Tab = { stage: string; word: string; count: string }

/** The lists of a page, each with how much is in it. Emits `pick` with the other `stage`. */
Component({
  properties: {
    tabs: { type: Array, value: [] as Tab[] },
    stage: { type: String, value: '' },
  },
  methods: {
    onPick(event: Tap<{ stage: string }>) {
      if (event.currentTarget.dataset.stage !== this.data.stage) this.triggerEvent('pick', { stage: event.currentTarget.dataset.stage })
    },
  },
})
