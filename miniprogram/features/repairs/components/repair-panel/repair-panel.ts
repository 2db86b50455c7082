import type { Step } from '../../../../../cloudfunctions/repairs/contract'
import type { Tap } from '../../../../support/events'
import { openPage } from '../../../../support/open-page'
import type { DetailView } from '../../detail-view'

/** One order, whole: how it stands, what it is about, what happened. Emits `step`, `talk`, `merged`, `call` and `expired`. */
Component({
  properties: {
    view: { type: Object, value: null as unknown as DetailView },
    busyStep: { type: String, value: '' },
  },
  methods: {
    onStep(event: Tap<{ step: Step }>) {
      this.triggerEvent('step', { step: event.currentTarget.dataset.step })
    },
    onBill(event: Tap<{ page: string }>) {
      if (event.currentTarget.dataset.page) openPage(event.currentTarget.dataset.page)
    },
    onTalk() {
      this.triggerEvent('talk')
    },
    onMerged() {
      this.triggerEvent('merged')
    },
    onCall() {
      this.triggerEvent('call')
    },
    onExpired() {
      this.triggerEvent('expired')
    },
  },
})
