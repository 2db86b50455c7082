import type { Tap } from '../../../../support/events'
import type { SimilarView } from '../../similar-view'

/** What is known already, so that it need not be reported again. Emits `follow` with the `key` and `kind` of what somebody has met as well. */
Component({
  properties: {
    items: { type: Array, value: [] as SimilarView[] },
    busyKey: { type: String, value: '' },
  },
  methods: {
    onFollow(event: Tap<{ key: string; kind: string }>) {
      if (!this.data.busyKey) this.triggerEvent('follow', event.currentTarget.dataset)
    },
  },
})
