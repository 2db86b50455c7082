import { choose } from '../../support/ask'

type Choice = { houseId: string; label: string; communityName: string }

/** Whose house this page is about; a switch only where somebody has several. Emits `choose` with the other houseId. */
Component({
  properties: {
    houses: { type: Array, value: [] as Choice[] },
    houseId: { type: String, value: '' },
  },
  data: { name: '' },
  observers: {
    'houses, houseId'(houses: Choice[], houseId: string) {
      const house = houses.find((each) => each.houseId === houseId)
      this.setData({ name: house ? `${house.communityName} ${house.label}` : '' })
    },
  },
  methods: {
    async onSwitch() {
      const houses = this.data.houses as Choice[]
      if (houses.length < 2) return
      const house = houses[await choose(houses.map((each) => `${each.communityName} ${each.label}`))]
      if (house && house.houseId !== this.data.houseId) this.triggerEvent('choose', { houseId: house.houseId })
    },
  },
})
