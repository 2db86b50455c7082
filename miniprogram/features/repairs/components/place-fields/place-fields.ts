import type { Told } from '../../../../support/events'

type Chip = { key: string; word: string }

/** Which building, and where in a public area. Emits `change` with `building` ('' for what is in none) or `spot`. */
Component({
  properties: {
    buildings: { type: Array, value: [] as string[] },
    building: { type: String, value: '' },
    spot: { type: String, value: '' },
    spots: { type: Array, value: [] as string[] },
    spotLength: { type: Number, value: 40 },
  },
  data: { buildingChips: [] as Chip[], spotChips: [] as Chip[] },
  observers: {
    buildings(buildings: string[]) {
      const outside = { key: '', word: '楼外 / 小区里' }
      this.setData({ buildingChips: [...buildings.map((each) => ({ key: each, word: `${each}号楼` })), outside] })
    },
    spots(spots: string[]) {
      this.setData({ spotChips: spots.map((spot) => ({ key: spot, word: spot })) })
    },
  },
  methods: {
    onBuilding(event: Told<{ key: string }>) {
      this.triggerEvent('change', { building: event.detail.key })
    },
    onSpot(event: Told<{ key: string }>) {
      this.triggerEvent('change', { spot: event.detail.key })
    },
    onSpotWords(event: Told<{ value: string }>) {
      this.triggerEvent('change', { spot: event.detail.value })
    },
  },
})
