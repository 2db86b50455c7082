import type { Photo } from '../../support/photos'
import { choosePhotos, choosePhotosFromChat, dropPhotos } from '../../support/photos'
import type { Tap } from '../../support/events'

/** Photos being added to something: choose, look at, take out, and how far each upload is. Emits `change` with the photos. */
Component({
  properties: {
    photos: { type: Array, value: [] as Photo[] },
    max: { type: Number, value: 9 },
    isBusy: { type: Boolean, value: false },
    /** For the desk, to which people send photos in a chat. */
    fromChat: { type: Boolean, value: false },
  },
  data: { lostCount: 0 },
  methods: {
    onAdd() {
      return this.add(choosePhotos)
    },
    onAddFromChat() {
      return this.add(choosePhotosFromChat)
    },
    async add(choose: typeof choosePhotos) {
      if (this.data.isBusy) return
      const photos = this.data.photos as Photo[]
      const added = await choose(this.data.max - photos.length)
      if (added.length > 0) this.change([...photos, ...added])
    },
    onRemove(event: Tap<{ index: number }>) {
      if (this.data.isBusy) return
      const photos = this.data.photos as Photo[]
      const { index } = event.currentTarget.dataset
      dropPhotos(photos.slice(index, index + 1))
      this.change(photos.filter((_photo, i) => i !== index))
    },
    onLook(event: Tap<{ index: number }>) {
      const urls = (this.data.photos as Photo[]).map((photo) => photo.path)
      void wx.previewImage({ urls, current: urls[event.currentTarget.dataset.index]! })
    },
    /** A photo of a restored draft may have been cleared away by WeChat; one already in the cloud is safe. */
    onLost(event: Tap<{ index: number }>) {
      const photos = this.data.photos as Photo[]
      const { index } = event.currentTarget.dataset
      if (!photos[index] || photos[index].state === 'stored') return
      this.setData({ lostCount: this.data.lostCount + 1 })
      this.change(photos.filter((_photo, i) => i !== index))
    },
    change(photos: Photo[]) {
      this.triggerEvent('change', { photos })
    },
  },
})
