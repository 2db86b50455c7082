import { breakSentence } from '../../support/sentence'

/** A sentence that breaks after its commas first, and never within hours. One that `flows` breaks anywhere else, as a paragraph does. */
Component({
  properties: { text: { type: String, value: '' }, flows: { type: Boolean, value: false } },
  data: { clauses: [] as ReturnType<typeof breakSentence> },
  observers: {
    text(text: string) {
      this.setData({ clauses: breakSentence(text) })
    },
  },
})
