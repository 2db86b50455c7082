/** Nothing here yet, why, and what to do next. Without an `action` there is no button. */
Component({
  properties: {
    icon: { type: String, value: 'root-list' },
    title: { type: String, value: '' },
    hint: { type: String, value: '' },
    action: { type: String, value: '' },
  },
  methods: {
    onAction() {
      this.triggerEvent('action')
    },
  },
})
