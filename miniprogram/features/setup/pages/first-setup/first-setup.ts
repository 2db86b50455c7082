import { asServiceError } from '../../../../services/cloud'
import { redeemSetupCode } from '../../../../services/members'
import { mayTakeTyped } from '../../../../support/privacy'
import { createRequestId } from '../../../../support/request-id'

type Field = 'code' | 'name' | 'communityName'
const questions: Record<Field, string> = { code: '请输入设置码', name: '请填写您的姓名', communityName: '请填写小区名称' }

Page({
  data: {
    code: '',
    name: '',
    communityName: '',
    errors: {} as Partial<Record<Field, string>>,
    refusal: '',
    isSubmitting: false,
  },
  // Lasts until it succeeded: a retry after a lost answer is the same request.
  requestId: '',

  onLoad() {
    this.requestId = createRequestId()
  },

  onInput(event: WechatMiniprogram.Input) {
    const { field } = event.currentTarget.dataset as { field: Field }
    this.setData({ [field]: event.detail.value, errors: {}, refusal: '' })
  },

  async onSubmit() {
    if (this.data.isSubmitting) return
    const { code, name, communityName } = this.data
    const written: Record<Field, string> = { code: code.trim(), name: name.trim(), communityName: communityName.trim() }
    const empty = (Object.keys(questions) as Field[]).filter((field) => written[field] === '')
    if (empty.length > 0) return this.setData({ errors: Object.fromEntries(empty.map((field) => [field, questions[field]])) })
    this.setData({ isSubmitting: true, refusal: '', errors: {} })
    if (!(await mayTakeTyped())) return this.setData({ isSubmitting: false })
    try {
      await redeemSetupCode({ requestId: this.requestId, ...written })
      void wx.switchTab({ url: '/pages/desk/desk' })
    } catch (error) {
      const { message, fields } = asServiceError(error)
      this.setData({ isSubmitting: false, refusal: Object.keys(fields).length > 0 ? '' : message, errors: fields })
    }
  },
})
