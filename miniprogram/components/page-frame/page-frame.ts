import { currentLook, onLookChange } from '../../support/look'

const watching = new WeakMap<object, () => void>()

/** The root of every page: wears the brand's colours and the person's text size, and changes at once when they do. */
Component({
  // Worn from the first paint on: dressing only in `attached` would show ordinary text first and then jump.
  data: { look: currentLook() },
  lifetimes: {
    attached() {
      this.dress()
      watching.set(this, onLookChange(() => this.dress()))
    },
    detached() {
      watching.get(this)?.()
    },
  },
  // WeChat's font setting may have changed while the page was away.
  pageLifetimes: {
    show() {
      this.dress()
    },
  },
  methods: {
    dress() {
      const look = currentLook()
      const worn = this.data.look
      if (look.className !== worn.className || look.style !== worn.style) this.setData({ look })
    },
  },
})
