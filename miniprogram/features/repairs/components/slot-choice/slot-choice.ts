import type { Slot } from '../../../../../cloudfunctions/repairs/contract'
import { sayDate } from '../../../../support/dates'
import type { Told } from '../../../../support/events'

type Chip = { key: string; word: string }

const soon: Chip = { key: '', word: '尽快，都可以' }
const hours = ({ from, to }: Slot): string => `${from}–${to}`

/** When the household would like the visit: as soon as possible, or a day and then hours of it. Emits `change` with the `slot`, or null. */
Component({
  properties: {
    slots: { type: Array, value: [] as Slot[] },
    slot: { type: Object, value: null as unknown as Slot },
  },
  data: { days: [soon], hours: [] as Chip[], day: '', hour: '' },
  observers: {
    'slots, slot'(slots: Slot[], slot: Slot | null) {
      const days = [...new Set(slots.map(({ day }) => day))]
      const day = slot?.day ?? ''
      this.setData({
        days: [soon, ...days.map((key) => ({ key, word: sayDate(key, Date.now()) }))],
        hours: slots.filter((each) => each.day === day).map((each) => ({ key: hours(each), word: hours(each) })),
        day,
        hour: slot ? hours(slot) : '',
      })
    },
  },
  methods: {
    onDay(event: Told<{ key: string }>) {
      const slot = (this.data.slots as Slot[]).find(({ day }) => day === event.detail.key) ?? null
      this.triggerEvent('change', { slot })
    },
    onHours(event: Told<{ key: string }>) {
      const slot = (this.data.slots as Slot[]).find((each) => each.day === this.data.day && hours(each) === event.detail.key) ?? null
      this.triggerEvent('change', { slot })
    },
  },
})
