import type { RepairCard } from '../../../cloudfunctions/repairs/contract'
import type { CardView } from '../../support/repair-view'
import { nextHint, viewCard } from '../../support/repair-view'

/** A repair order in a list. Emits `open` with its repairId. With a `role` it is a card of the desk: where, and what to do next. */
Component({
  properties: {
    repair: { type: Object, value: null as unknown as RepairCard },
    role: { type: String, value: '' },
  },
  data: { view: null as CardView | null, hint: '' },
  observers: {
    'repair, role'(repair: RepairCard | null, role: string) {
      if (!repair) return
      this.setData({ view: viewCard(repair, Date.now(), role !== ''), hint: role ? nextHint(repair.status, role) : '' })
    },
  },
  methods: {
    onOpen() {
      this.triggerEvent('open', { repairId: (this.data.repair as RepairCard).repairId })
    },
  },
})
