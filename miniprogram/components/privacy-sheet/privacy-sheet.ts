import { agreeButtonId, answerPrivacy, privacyQuestion } from '../../support/privacy'

const watching = new WeakMap<object, () => void>()

/** WeChat's question before anything takes personal data, in our words. Shown by every page; most people see it once. */
Component({
  data: { isAsked: privacyQuestion.get(), agreeButtonId },
  lifetimes: {
    attached() {
      watching.set(this, privacyQuestion.watch((isAsked) => this.setData({ isAsked })))
    },
    detached() {
      watching.get(this)?.()
    },
  },
  methods: {
    onAgree() {
      answerPrivacy(true)
    },
    onRefuse() {
      answerPrivacy(false)
    },
    onRead() {
      void wx.openPrivacyContract({})
    },
  },
})
