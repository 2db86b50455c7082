import type { Board } from '../../../../services/repair-desk'
import type { Told } from '../../../../support/events'
import { categoryWord } from '../../../../support/repair-words'
import { dayChips, shiftHours } from '../../roster-view'

type Chip = { key: string; word: string }

const toggled = (list: string[], key: string): string[] => (list.includes(key) ? list.filter((each) => each !== key) : [...list, key])
const unwritten = { memberId: '', day: '', hours: 'day', categories: [] as string[], buildings: [] as string[], error: '' }

/** Who works when, and for what. Emits `submit` with it, and `close`. */
Component({
  properties: {
    visible: { type: Boolean, value: false },
    board: { type: Object, value: null as unknown as Board },
    isBusy: { type: Boolean, value: false },
    refusal: { type: String, value: '' },
  },
  data: { ...unwritten, shiftHours, people: [] as Chip[], days: [] as Chip[], categoryChips: [] as Chip[], buildingChips: [] as Chip[] },
  observers: {
    visible(visible: boolean) {
      if (visible) this.setData({ ...unwritten, days: dayChips(Date.now()) })
    },
    board(board: Board | null) {
      if (!board) return
      this.setData({
        people: board.technicians.map(({ memberId, name }) => ({ key: memberId, word: name })),
        categoryChips: board.categories.map((category) => ({ key: category, word: categoryWord(category).word })),
        buildingChips: board.buildings.map((building) => ({ key: building, word: `${building}号楼` })),
      })
    },
  },
  methods: {
    onPerson(event: Told<{ key: string }>) {
      this.setData({ memberId: event.detail.key, error: '' })
    },
    onDay(event: Told<{ key: string }>) {
      this.setData({ day: event.detail.key, error: '' })
    },
    onHours(event: Told<{ key: string }>) {
      this.setData({ hours: event.detail.key })
    },
    onCategory(event: Told<{ key: string }>) {
      this.setData({ categories: toggled(this.data.categories, event.detail.key) })
    },
    onBuilding(event: Told<{ key: string }>) {
      this.setData({ buildings: toggled(this.data.buildings, event.detail.key) })
    },
    onSubmit() {
      const { memberId, day, hours, categories, buildings } = this.data
      if (!memberId || !day) return this.setData({ error: '请选一位师傅和一天' })
      if (!this.data.isBusy) this.triggerEvent('submit', { memberId, day, hours, categories, buildings })
    },
    onClose() {
      this.triggerEvent('close')
    },
  },
})
