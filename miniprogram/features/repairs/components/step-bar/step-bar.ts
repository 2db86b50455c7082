import type { Step } from '../../../../../cloudfunctions/repairs/contract'
import type { Tap } from '../../../../support/events'
import type { StepButton } from '../../step-buttons'

/** The one or two things to do now, within the thumb's reach, and why the last one was refused. Emits `step`. */
Component({
  properties: {
    steps: { type: Array, value: [] as StepButton[] },
    busyStep: { type: String, value: '' },
    refusal: { type: String, value: '' },
  },
  methods: {
    onStep(event: Tap<{ step: Step }>) {
      this.triggerEvent('step', { step: event.currentTarget.dataset.step })
    },
  },
})
