import { toast } from '../../../../support/ask'
import { keepFile, type Photo } from '../../../../support/photos'
import { mayUsePrivacy, mustAskFirst } from '../../../../support/privacy'

const shortest = 1
const cancelDistance = 80

type Touch = { touches: { clientY: number }[] }
/** Who holds the phone's one recorder, what stops the count, and where the finger went down. */
type Holding = { count: ReturnType<typeof setInterval>; from: number }
const holding = new WeakMap<object, Holding>()
const listening = { current: null as null | { finish(recorded: WechatMiniprogram.OnStopListenerResult): void; fail(): void } }
let isListening = false

/** The phone has one recorder and no way to stop listening to it: it is listened to once, for whoever holds the button now. */
const recorder = (): WechatMiniprogram.RecorderManager => {
  const manager = wx.getRecorderManager()
  if (!isListening) {
    manager.onStop((recorded) => listening.current?.finish(recorded))
    manager.onError(() => listening.current?.fail())
    isListening = true
  }
  return manager
}

/** Press and hold to speak, let go to add it, slide up to throw it away. Emits `change` with the voices: one or none. */
Component({
  properties: {
    voices: { type: Array, value: [] as Photo[] },
    maxSeconds: { type: Number, value: 60 },
    isBusy: { type: Boolean, value: false },
  },
  data: { isHeld: false, isLeaving: false, seconds: 0 },
  lifetimes: {
    detached() {
      this.release()
      if (this.data.isHeld) wx.getRecorderManager().stop()
      listening.current = null
    },
  },
  methods: {
    async onPress(event: Touch) {
      if (this.data.isBusy || this.data.isHeld) return
      this.setData({ isHeld: true, isLeaving: false, seconds: 0 })
      // Whoever is asked first lets go of the button to answer: they press again.
      if (await mustAskFirst()) {
        this.release()
        return void mayUsePrivacy()
      }
      if (this.data.isHeld) this.begin(event.touches[0]?.clientY ?? 0)
    },
    begin(from: number) {
      listening.current = { finish: (recorded) => void this.finish(recorded), fail: () => this.fail() }
      const count = setInterval(() => this.setData({ seconds: this.data.seconds + 1 }), 1000)
      holding.set(this, { count, from })
      recorder().start({ duration: this.data.maxSeconds * 1000, format: 'mp3', sampleRate: 16000, numberOfChannels: 1, encodeBitRate: 48000 })
    },
    onSlide(event: Touch) {
      const from = holding.get(this)?.from ?? 0
      const isLeaving = from - (event.touches[0]?.clientY ?? from) > cancelDistance
      if (this.data.isHeld && isLeaving !== this.data.isLeaving) this.setData({ isLeaving })
    },
    onRelease() {
      if (!this.data.isHeld) return
      const isLeaving = this.data.isLeaving || this.data.seconds < shortest
      if (!this.data.isLeaving && isLeaving) toast('说话时间太短，请按住不放')
      if (isLeaving) listening.current = null
      this.release()
      wx.getRecorderManager().stop()
    },
    release() {
      const held = holding.get(this)
      if (held) clearInterval(held.count)
      holding.delete(this)
      this.setData({ isHeld: false, isLeaving: false })
    },
    async finish(recorded: WechatMiniprogram.OnStopListenerResult) {
      this.release()
      const path = await keepFile(recorded.tempFilePath)
      const seconds = Math.min(this.data.maxSeconds, Math.max(1, Math.round(recorded.duration / 1000)))
      const voice: Photo = { path, size: recorded.fileSize, fileId: '', state: 'chosen', percent: 0, extension: 'mp3', seconds }
      this.triggerEvent('change', { voices: [voice] })
    },
    fail() {
      this.release()
      toast('没能录音：请在微信设置里允许使用麦克风，或直接打字')
    },
    onRemove() {
      if (!this.data.isBusy) this.triggerEvent('change', { voices: [] })
    },
  },
})
