/** A state in a word, a drawing and a colour: never in the colour alone. */
Component({
  properties: {
    word: { type: String, value: '' },
    icon: { type: String, value: '' },
    tone: { type: String, value: 'quiet' },
  },
})
