import type { OwnView } from '../../application-view'

/** Where somebody's own application stands. Emits `withdraw` or `again` with the applicationId. */
Component({
  properties: {
    application: { type: Object, value: {} as OwnView },
    isBusy: { type: Boolean, value: false },
  },
  methods: {
    onWithdraw() {
      this.triggerEvent('withdraw', { applicationId: this.data.application.applicationId })
    },
    onAgain() {
      this.triggerEvent('again', { applicationId: this.data.application.applicationId })
    },
  },
})
