import type { RepairCard } from '../../../cloudfunctions/repairs/contract'
import type { CardView } from '../../support/repair-view'
import { isMyTurn, nextHint, viewCard } from '../../support/repair-view'

/**
 * A repair order in a list. Emits `open` with its repairId. With a `role` it is a card of the desk: where, until when, and what to do
 * next. `hasStanding` adds the sentence that says how it stands.
 */
Component({
  properties: {
    repair: { type: Object, value: null as unknown as RepairCard },
    role: { type: String, value: '' },
    hasStanding: { type: Boolean, value: false },
    isSelected: { type: Boolean, value: false },
  },
  data: { view: null as CardView | null, hint: '', isTodo: false },
  observers: {
    'repair, role'(repair: RepairCard | null, role: string) {
      if (!repair) return
      const hint = nextHint(repair.status, role) || (role && repair.assigneeName) || '查看进度'
      this.setData({ view: viewCard(repair, Date.now(), role !== ''), hint, isTodo: isMyTurn(repair, role) })
    },
  },
  methods: {
    onOpen() {
      this.triggerEvent('open', { repairId: (this.data.repair as RepairCard).repairId })
    },
  },
})
