type Line = { key: number; name: string; quantity: string; amount: string }

/** What work costs, line by line, with the total. */
Component({
  properties: {
    title: { type: String, value: '' },
    state: { type: String, value: '' },
    lines: { type: Array, value: [] as Line[] },
    total: { type: String, value: '' },
    note: { type: String, value: '' },
  },
})
