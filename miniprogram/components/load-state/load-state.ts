import { openPage } from '../../support/open-page'

/** What a page shows before there is anything to show: the outline of it, or why it did not come and how to try again. */
Component({
  properties: {
    state: { type: String, value: 'loading' },
    failure: { type: String, value: '' },
    isShort: { type: Boolean, value: false },
  },
  data: {
    cards: ['first', 'second', 'third'],
    outline: [{ width: '72%', height: '20px' }, { width: '48%' }, [{ width: '28%' }, { width: '20%', marginLeft: 'auto' }]],
  },
  methods: {
    onHome() {
      openPage('pages/home/home')
    },
    onRetry() {
      this.triggerEvent('retry')
    },
  },
})
