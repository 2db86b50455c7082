/** A short film, played full screen. With `isOwn` it can be taken out: emits `remove`. `state` and `percent` tell how far its upload is. */
Component({
  properties: {
    src: { type: String, value: '' },
    seconds: { type: Number, value: 0 },
    state: { type: String, value: 'stored' },
    percent: { type: Number, value: 0 },
    isOwn: { type: Boolean, value: false },
  },
  methods: {
    onPlay() {
      if (this.data.src) void wx.previewMedia({ sources: [{ url: this.data.src, type: 'video' }] })
    },
    onRemove() {
      this.triggerEvent('remove')
    },
  },
})
