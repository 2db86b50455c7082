/** An item of the price list and how many of it. Emits `more` and `fewer`; without `canCount` it only tells the price. */
Component({
  properties: {
    name: { type: String, value: '' },
    price: { type: String, value: '' },
    quantity: { type: Number, value: 0 },
    canCount: { type: Boolean, value: false },
  },
  methods: {
    onMore() {
      this.triggerEvent('more')
    },
    onFewer() {
      this.triggerEvent('fewer')
    },
  },
})
