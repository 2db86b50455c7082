import type { Told } from '../../support/events'
import { calendarDay } from '../../support/dates'

/** A day, or none where `emptyWord` says what none means. Emits `change` with `name` and `value`, YYYY-MM-DD or ''. */
Component({
  properties: {
    name: { type: String, value: '' },
    label: { type: String, value: '' },
    value: { type: String, value: '' },
    emptyWord: { type: String, value: '请选择日期' },
    isClearable: { type: Boolean, value: false },
    error: { type: String, value: '' },
  },
  data: { word: '' },
  observers: {
    'value, emptyWord'(value: string, emptyWord: string) {
      this.setData({ word: value ? calendarDay(value) : emptyWord })
    },
  },
  methods: {
    onPick(event: Told<{ value: string }>) {
      this.triggerEvent('change', { name: this.data.name, value: event.detail.value })
    },
    onClear() {
      this.triggerEvent('change', { name: this.data.name, value: '' })
    },
  },
})
