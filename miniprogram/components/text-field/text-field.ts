import type { Told } from '../../support/events'

/** One line somebody writes, with its name above it and what is wrong below. Emits `change` with `name` and `value`. */
Component({
  properties: {
    name: { type: String, value: '' },
    label: { type: String, value: '' },
    value: { type: String, value: '' },
    placeholder: { type: String, value: '' },
    hint: { type: String, value: '' },
    error: { type: String, value: '' },
    type: { type: String, value: 'text' },
    maxlength: { type: Number, value: 140 },
  },
  methods: {
    onInput(event: Told<{ value: string }>) {
      this.triggerEvent('change', { name: this.data.name, value: event.detail.value })
    },
    onConfirm() {
      this.triggerEvent('confirm')
    },
  },
})
