import type { MoneyCard } from '../../bill-view'

/** A bill, a payment or a refund in a list. Emits `open` with the bill it belongs to. */
Component({
  properties: { card: { type: Object, value: null as unknown as MoneyCard } },
  methods: {
    onOpen() {
      this.triggerEvent('open', { billId: (this.data.card as MoneyCard).billId })
    },
  },
})
