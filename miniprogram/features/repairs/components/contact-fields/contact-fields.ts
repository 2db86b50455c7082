import type { Told } from '../../../../support/events'

/** Somebody else to ask for at the door. Emits `change`. */
Component({
  properties: {
    name: { type: String, value: '' },
    phone: { type: String, value: '' },
  },
  data: { isAsked: false },
  methods: {
    onOpen() {
      this.setData({ isAsked: true })
    },
    onMe() {
      this.setData({ isAsked: false })
      this.triggerEvent('change', { contactName: '', contactPhone: '' })
    },
    onName(event: Told<{ value: string }>) {
      this.triggerEvent('change', { contactName: event.detail.value })
    },
    onPhone(event: Told<{ value: string }>) {
      this.triggerEvent('change', { contactPhone: event.detail.value })
    },
  },
})
