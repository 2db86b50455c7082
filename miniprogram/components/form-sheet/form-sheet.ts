/** A small form over the page: what it is about, its fields in the slot, one action. Emits `submit` and `close`. */
Component({
  properties: {
    visible: { type: Boolean, value: false },
    title: { type: String, value: '' },
    words: { type: String, value: '' },
    submitWord: { type: String, value: '保存' },
    busyWord: { type: String, value: '正在保存' },
    isDanger: { type: Boolean, value: false },
    isBusy: { type: Boolean, value: false },
    refusal: { type: String, value: '' },
  },
  methods: {
    onSubmit() {
      if (!this.data.isBusy) this.triggerEvent('submit')
    },
    onClose() {
      this.triggerEvent('close')
    },
  },
})
