import type { ProgressStep } from '../../progress-view'

/** How far an order has come, as a line of steps. */
Component({
  properties: { steps: { type: Array, value: [] as ProgressStep[] } },
  data: { said: '' },
  observers: {
    steps(steps: ProgressStep[]) {
      const reached = steps.filter((step) => step.state !== 'later')
      this.setData({ said: `进度：${reached[reached.length - 1]?.word ?? ''}` })
    },
  },
})
