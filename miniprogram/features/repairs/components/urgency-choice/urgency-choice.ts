import type { Urgency } from '../../../../../cloudfunctions/repairs/contract'
import { dial } from '../../../../support/ask'
import type { Tap } from '../../../../support/events'
import { urgencyChoices } from '../../../../support/repair-words'

/** How urgent it is, with what follows from it. Emits `pick`; what cannot wait for a form gets the number that is always answered. */
Component({
  properties: {
    value: { type: String, value: 'normal' },
    emergencyPhone: { type: String, value: '' },
  },
  data: { choices: urgencyChoices },
  methods: {
    onPick(event: Tap<{ urgency: Urgency }>) {
      this.triggerEvent('pick', { urgency: event.currentTarget.dataset.urgency })
    },
    onCall() {
      dial(this.data.emergencyPhone)
    },
  },
})
