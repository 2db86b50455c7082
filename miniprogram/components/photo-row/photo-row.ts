import type { Tap } from '../../support/events'

type Shown = { fileId: string; url: string | null }

/** Stored photos, three to a row. Their addresses live for a short time: emits `expired` when one cannot be shown any more. */
Component({
  properties: { photos: { type: Array, value: [] as Shown[] } },
  data: { broken: {} as Record<string, boolean> },
  observers: {
    photos() {
      this.setData({ broken: {} })
    },
  },
  methods: {
    onLook(event: Tap<{ url: string }>) {
      const urls = (this.data.photos as Shown[]).flatMap((photo) => (photo.url ? [photo.url] : []))
      void wx.previewImage({ urls, current: event.currentTarget.dataset.url })
    },
    onError(event: Tap<{ fileId: string }>) {
      this.setData({ broken: { ...this.data.broken, [event.currentTarget.dataset.fileId]: true } })
      this.triggerEvent('expired')
    },
  },
})
