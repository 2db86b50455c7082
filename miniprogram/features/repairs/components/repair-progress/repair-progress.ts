import { isElder } from '../../../../support/elder'
import { isWide } from '../../../../support/wide'
import { type Progress, noProgress } from '../../progress-view'

/** How far an order has come. Large words stand below each other on a phone: side by side they would break in the middle. */
Component({
  properties: { progress: { type: Object, value: noProgress } },
  data: { layout: isElder() && !isWide() ? 'vertical' : 'horizontal', said: '' },
  observers: {
    progress({ steps, current }: Progress) {
      this.setData({ said: `进度：${steps[Math.min(current, steps.length - 1)]?.word ?? ''}` })
    },
  },
})
