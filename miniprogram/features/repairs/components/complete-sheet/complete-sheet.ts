import type { Photo } from '../../../../support/photos'
import type { Told } from '../../../../support/events'

/** What was done, in words and photos. Emits `note` as it is written, `photos`, `submit` and `close`. */
Component({
  properties: {
    visible: { type: Boolean, value: false },
    /** What the draft of last time said; what is typed from then on lives in the textarea. */
    note: { type: String, value: '' },
    noteLength: { type: Number, value: 200 },
    photos: { type: Array, value: [] as Photo[] },
    photoCount: { type: Number, value: 9 },
    isBusy: { type: Boolean, value: false },
    error: { type: String, value: '' },
    refusal: { type: String, value: '' },
  },
  methods: {
    onNote(event: Told<{ value: string }>) {
      this.triggerEvent('note', { note: event.detail.value })
    },
    onPhotos(event: Told<{ photos: Photo[] }>) {
      this.triggerEvent('photos', event.detail)
    },
    onSubmit() {
      if (!this.data.isBusy) this.triggerEvent('submit')
    },
    onClose() {
      if (!this.data.isBusy) this.triggerEvent('close')
    },
  },
})
