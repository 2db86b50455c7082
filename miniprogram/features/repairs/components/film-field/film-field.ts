import { chooseFilm, dropPhotos, type Photo } from '../../../../support/photos'

/** A short film being added to something. Emits `change` with the films: one or none. */
Component({
  properties: {
    films: { type: Array, value: [] as Photo[] },
    maxSeconds: { type: Number, value: 30 },
    isBusy: { type: Boolean, value: false },
  },
  methods: {
    async onAdd() {
      const film = await chooseFilm(this.data.maxSeconds)
      if (film) this.triggerEvent('change', { films: [film] })
    },
    onRemove() {
      dropPhotos(this.data.films as Photo[])
      this.triggerEvent('change', { films: [] })
    },
  },
})
