import type { Tap, Told } from '../../../../support/events'

type House = { houseId: string; label: string; communityName: string; building: string }

/** At home, or in a public area and where there. Emits `change`. */
Component({
  properties: {
    houses: { type: Array, value: [] as House[] },
    houseId: { type: String, value: '' },
    isPublicArea: { type: Boolean, value: false },
    building: { type: String, value: '' },
    spot: { type: String, value: '' },
    spots: { type: Array, value: [] as string[] },
    spotLength: { type: Number, value: 40 },
  },
  data: {
    sides: [{ isPublicArea: false, word: '家里' }, { isPublicArea: true, word: '公共区域' }],
    buildings: [] as string[],
  },
  observers: {
    'houses, houseId'(houses: House[], houseId: string) {
      const own = houses.find((house) => house.houseId === houseId)?.building
      this.setData({ buildings: own ? [own] : [] })
    },
  },
  methods: {
    onSide(event: Tap<{ public: boolean }>) {
      const isPublicArea = event.currentTarget.dataset.public
      if (isPublicArea === this.data.isPublicArea) return
      const place = { isPublicArea, category: 'public_area', building: this.data.buildings[0] ?? '', slot: null }
      this.triggerEvent('change', isPublicArea ? place : { isPublicArea })
    },
    onHouse(event: Told<{ houseId: string }>) {
      const house = (this.data.houses as House[]).find(({ houseId }) => houseId === event.detail.houseId)
      this.triggerEvent('change', { ...event.detail, building: house?.building ?? '' })
    },
    onPlace(event: Told<{ building?: string; spot?: string }>) {
      this.triggerEvent('change', event.detail)
    },
  },
})
