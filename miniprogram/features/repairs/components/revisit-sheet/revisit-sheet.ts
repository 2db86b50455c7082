import type { Told } from '../../../../support/events'

const unwritten = { chosen: [] as string[], note: '', error: '' }

/** What the household said when asked afterwards. Emits `submit` with the result, and `close`. */
Component({
  properties: {
    visible: { type: Boolean, value: false },
    isBusy: { type: Boolean, value: false },
    refusal: { type: String, value: '' },
  },
  data: { ...unwritten, chips: [{ key: 'yes', word: '满意' }, { key: 'no', word: '不满意' }] },
  observers: {
    visible(visible: boolean) {
      if (visible) this.setData(unwritten)
    },
  },
  methods: {
    onPick(event: Told<{ key: string }>) {
      this.setData({ chosen: [event.detail.key], error: '' })
    },
    onNote(event: Told<{ value: string }>) {
      this.setData({ note: event.detail.value, error: '' })
    },
    onSubmit() {
      const { chosen, note } = this.data
      if (chosen.length === 0 || !note.trim()) return this.setData({ error: '选满意不满意，再写一句住户怎么说' })
      if (!this.data.isBusy) this.triggerEvent('submit', { isSatisfied: chosen[0] === 'yes', note: note.trim() })
    },
    onClose() {
      this.triggerEvent('close')
    },
  },
})
