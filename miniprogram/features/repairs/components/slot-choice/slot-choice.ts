import type { Slot, VisitSlot } from '../../../../../cloudfunctions/repairs/contract'
import { sayDate } from '../../../../support/dates'
import type { Tap, Told } from '../../../../support/events'
import { saySlot } from '../../../../support/repair-view'
import { isSameSlot } from '../../visiting'

type Day = { key: string; word: string; hint: string }
type Hours = { key: string; word: string; isFree: boolean; isChosen: boolean; isCurrent: boolean }

const hoursOf = ({ from, to }: Slot): string => `${from}–${to}`
const dayHint = (slots: VisitSlot[], day: string): string =>
  slots.some((slot) => slot.day === day && slot.isFree) ? day.slice(5).replace('-', '/') : '已满'

/**
 * When somebody should come: a day, then hours of it; those that are full say so. Closed it says what was chosen, and emits `open`. Emits
 * `change` with the `slot`, or null for as soon as possible, and `retry`.
 */
Component({
  properties: {
    state: { type: String, value: 'closed' },
    failure: { type: String, value: '' },
    slots: { type: Array, value: [] as VisitSlot[] },
    areBooked: { type: Boolean, value: false },
    chosen: { type: Object, value: null as unknown as Slot },
    /** Agreed on until now: it is told apart, and cannot be chosen again. */
    current: { type: Object, value: null as unknown as Slot },
  },
  data: { days: [] as Day[], hours: [] as Hours[], day: '', words: '' },
  observers: {
    'slots, chosen, current, day'(slots: VisitSlot[], chosen: Slot | null, current: Slot | null, picked: string) {
      const now = Date.now()
      const keys = [...new Set(slots.map(({ day }) => day))]
      const firstFree = slots.find(({ isFree }) => isFree)?.day ?? keys[0] ?? ''
      const day = [picked, chosen?.day, current?.day].find((each) => each !== undefined && keys.includes(each)) ?? firstFree
      this.setData({
        days: keys.map((key) => ({ key, word: sayDate(key, now), hint: dayHint(slots, key) })),
        hours: slots.filter((each) => each.day === day).map((each) => ({
          key: hoursOf(each), word: hoursOf(each), isFree: each.isFree, isChosen: isSameSlot(each, chosen), isCurrent: isSameSlot(each, current),
        })),
        words: chosen ? saySlot(chosen, now) : '',
        ...(day !== picked && { day }),
      })
    },
  },
  methods: {
    onOpen() {
      this.triggerEvent('open')
    },
    onDay(event: Told<{ key: string }>) {
      this.setData({ day: event.detail.key })
    },
    onHours(event: Tap<{ key: string }>) {
      const { key } = event.currentTarget.dataset
      const tapped = (this.data.slots as VisitSlot[]).find((each) => each.day === this.data.day && hoursOf(each) === key)
      if (!tapped?.isFree) return
      const { day, from, to } = tapped
      this.triggerEvent('change', { slot: isSameSlot(tapped, this.data.chosen as Slot | null) ? null : { day, from, to } })
    },
    onRetry() {
      this.triggerEvent('retry')
    },
  },
})
