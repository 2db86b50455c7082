import type { Told } from '../../../../support/events'
import { endChips } from '../../incident-view'

const unwritten = { note: '', end: '', error: '' }

/** The latest on an incident, or that it is over. Emits `submit` with the news, and `close`. */
Component({
  properties: {
    visible: { type: Boolean, value: false },
    isOver: { type: Boolean, value: false },
    isBusy: { type: Boolean, value: false },
    refusal: { type: String, value: '' },
  },
  data: { ...unwritten, endChips },
  observers: {
    visible(visible: boolean) {
      if (visible) this.setData(unwritten)
    },
  },
  methods: {
    onEnd(event: Told<{ key: string }>) {
      this.setData({ end: event.detail.key })
    },
    onNote(event: Told<{ value: string }>) {
      this.setData({ note: event.detail.value, error: '' })
    },
    onSubmit() {
      const { isOver, end } = this.data
      const note = this.data.note.trim()
      if (!isOver && !note) return this.setData({ error: '请写一句最新进展' })
      if (!this.data.isBusy) this.triggerEvent('submit', { note, end, isOver })
    },
    onClose() {
      this.triggerEvent('close')
    },
  },
})
