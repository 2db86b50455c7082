import type { Tap } from '../../support/events'

type Chip = { key: string; word: string; hint?: string }

/** Choices in a few words each; emits `pick` with the `key` that was tapped. Several may be chosen where `chosen` is a list. */
Component({
  properties: {
    chips: { type: Array, value: [] as Chip[] },
    chosen: { type: Array, value: [] as string[] },
    label: { type: String, value: '' },
  },
  data: { shown: [] as (Chip & { isChosen: boolean })[] },
  observers: {
    'chips, chosen'(chips: Chip[], chosen: string[]) {
      this.setData({ shown: chips.map((chip) => ({ ...chip, isChosen: chosen.includes(chip.key) })) })
    },
  },
  methods: {
    onPick(event: Tap<{ key: string }>) {
      this.triggerEvent('pick', { key: event.currentTarget.dataset.key })
    },
  },
})
