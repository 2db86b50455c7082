import type { TimelineView } from '../../timeline-view'

/** What happened to an order, newest first. */
Component({
  properties: { entries: { type: Array, value: [] as TimelineView[] } },
  methods: {
    onExpired() {
      this.triggerEvent('expired')
    },
  },
})
