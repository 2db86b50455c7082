const icons: Record<string, string> = { info: 'info-circle', done: 'check-circle', warning: 'error-circle', error: 'error-circle' }

/** One line of news in its place on the page, instead of a popup: it stays until it is no longer true. */
Component({
  properties: {
    text: { type: String, value: '' },
    tone: { type: String, value: 'info' },
    action: { type: String, value: '' },
  },
  data: { icon: 'info-circle' },
  observers: {
    tone(tone: string) {
      this.setData({ icon: icons[tone] ?? 'info-circle' })
    },
  },
  methods: {
    onAction() {
      this.triggerEvent('action')
    },
  },
})
