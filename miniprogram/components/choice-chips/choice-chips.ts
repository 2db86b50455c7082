import type { Tap } from '../../support/events'

type Choice = { value: string; word: string }

/** A few choices to tap, one or several of them. Emits `pick` with `name` and the chosen `values` as they are after the tap. */
Component({
  properties: {
    name: { type: String, value: '' },
    label: { type: String, value: '' },
    choices: { type: Array, value: [] as Choice[] },
    values: { type: Array, value: [] as string[] },
    isMany: { type: Boolean, value: false },
    error: { type: String, value: '' },
  },
  data: { items: [] as (Choice & { isChosen: boolean })[] },
  observers: {
    'choices, values'(choices: Choice[], values: string[]) {
      this.setData({ items: choices.map((choice) => ({ ...choice, isChosen: values.includes(choice.value) })) })
    },
  },
  methods: {
    onPick(event: Tap<{ value: string }>) {
      const { value } = event.currentTarget.dataset
      const values = this.data.values as string[]
      const others = values.filter((each) => each !== value)
      const several = values.includes(value) ? others : [...values, value]
      this.triggerEvent('pick', { name: this.data.name, values: this.data.isMany ? several : [value] })
    },
  },
})
