import type { Category } from '../../../../../cloudfunctions/repairs/contract'
import type { Tap } from '../../../../support/events'
import type { CategoryWord } from '../../../../support/repair-words'
import { categoryWord } from '../../../../support/repair-words'

type Item = CategoryWord & { category: Category }

/** Kinds of repair to choose one from. Emits `pick` with the category. */
Component({
  properties: {
    categories: { type: Array, value: [] as Category[] },
    value: { type: String, value: '' },
  },
  data: { items: [] as Item[] },
  observers: {
    categories(categories: Category[]) {
      this.setData({ items: categories.map((category) => ({ category, ...categoryWord(category) })) })
    },
  },
  methods: {
    onPick(event: Tap<{ category: Category }>) {
      this.triggerEvent('pick', { category: event.currentTarget.dataset.category })
    },
  },
})
