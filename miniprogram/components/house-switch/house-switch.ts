import type { Told } from '../../support/events'

type Choice = { houseId: string; label: string; communityName: string }

/** Whose house this page is about; a switch only where somebody has several, in whichever communities. Emits `choose` with the other houseId. */
Component({
  properties: {
    houses: { type: Array, value: [] as Choice[] },
    houseId: { type: String, value: '' },
  },
  data: { name: '', choices: [] as { key: string; title: string; meta: string }[], isOpen: false },
  observers: {
    'houses, houseId'(houses: Choice[], houseId: string) {
      const house = houses.find((each) => each.houseId === houseId)
      this.setData({
        name: house ? `${house.communityName} ${house.label}` : '',
        choices: houses.map((each) => ({ key: each.houseId, title: each.label, meta: each.communityName })),
      })
    },
  },
  methods: {
    onSwitch() {
      if (this.data.houses.length > 1) this.setData({ isOpen: true })
    },
    onClose() {
      this.setData({ isOpen: false })
    },
    onPick(event: Told<{ key: string }>) {
      this.onClose()
      if (event.detail.key !== this.data.houseId) this.triggerEvent('choose', { houseId: event.detail.key })
    },
  },
})
