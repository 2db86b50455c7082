/** One person in a list: who, what they may, until when. Emits `open` where it can be opened. */
Component({
  properties: {
    icon: { type: String, value: 'user' },
    title: { type: String, value: '' },
    meta: { type: String, value: '' },
    note: { type: String, value: '' },
    canOpen: { type: Boolean, value: false },
  },
  methods: {
    onOpen() {
      if (this.data.canOpen) this.triggerEvent('open')
    },
  },
})
