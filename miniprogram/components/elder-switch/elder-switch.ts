/** The row that makes everything larger. Emits `change` with the `value` it is to have. */
Component({
  properties: {
    isOn: { type: Boolean, value: false },
    hint: { type: String, value: '' },
  },
  methods: {
    onToggle() {
      this.triggerEvent('change', { value: !this.data.isOn })
    },
  },
})
