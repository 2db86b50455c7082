import { breakSentence } from '../../support/sentence'

/** A sentence that breaks after its commas first, and never within hours. */
Component({
  properties: { text: { type: String, value: '' } },
  data: { clauses: [] as ReturnType<typeof breakSentence> },
  observers: {
    text(text: string) {
      this.setData({ clauses: breakSentence(text) })
    },
  },
})
