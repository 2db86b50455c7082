import { toast } from '../../../../support/ask'

const players = new WeakMap<object, WechatMiniprogram.InnerAudioContext>()

/** A voice message: tap to hear it, tap again to stop. */
Component({
  properties: {
    src: { type: String, value: '' },
    seconds: { type: Number, value: 0 },
  },
  data: { isPlaying: false },
  lifetimes: {
    detached() {
      players.get(this)?.destroy()
    },
  },
  methods: {
    onTap() {
      if (this.data.isPlaying) return players.get(this)?.stop()
      if (!this.data.src) return toast('这段语音现在听不了，请刷新再试')
      const player = players.get(this) ?? this.prepare()
      player.src = this.data.src
      player.play()
      this.setData({ isPlaying: true })
    },
    prepare(): WechatMiniprogram.InnerAudioContext {
      const player = wx.createInnerAudioContext()
      const stopped = (): void => this.setData({ isPlaying: false })
      // Somebody with the phone on silent still means to hear it.
      player.obeyMuteSwitch = false
      player.onEnded(stopped)
      player.onStop(stopped)
      player.onError(() => {
        stopped()
        toast('这段语音现在听不了，请稍后再试')
      })
      players.set(this, player)
      return player
    },
  },
})
