import { post } from '../host/doors'
import { keepFile } from '../host/files'
import { describeFailure } from '../host/loud'
import { openid } from '../host/persona'
import { agreePrivacy, NOT_AUTHORIZED, requirePrivacy } from '../wx/privacy'
import { shareTopPage } from '../pages/share'
import { pickFiles } from './files'
import { askModal } from './modal'

type OpenEvent = { type: string; detail: Record<string, unknown> }

const getPhoneNumber = async (): Promise<OpenEvent> => {
  try {
    await requirePrivacy('button.getPhoneNumber')
  } catch (refused) {
    return { type: 'getphonenumber', detail: { errMsg: `getPhoneNumber:fail ${describeFailure(refused)}`, errno: NOT_AUTHORIZED } }
  }
  const { confirm } = await askModal({
    title: '申请获取你的手机号',
    content: '小程序将获取你在微信绑定的手机号',
    confirmText: '允许',
    cancelText: '不允许',
  })
  if (!confirm) return { type: 'getphonenumber', detail: { errMsg: 'getPhoneNumber:fail user deny', errno: 103 } }
  try {
    const { code } = await post<{ code: string }>('/client/phone-code', { openid })
    return { type: 'getphonenumber', detail: { code, errMsg: 'getPhoneNumber:ok' } }
  } catch (failure) {
    return { type: 'getphonenumber', detail: { errMsg: `getPhoneNumber:fail ${describeFailure(failure)}` } }
  }
}

const chooseAvatar = async (): Promise<OpenEvent | undefined> => {
  const [file] = await pickFiles('image/*', 1)
  return file && { type: 'chooseavatar', detail: { avatarUrl: keepFile(file) } }
}

/** What the `open-type` of a button does. Answers the event to tell, nothing, or `unknown`. */
export const askOpenType = async (openType: string, button: HTMLElement): Promise<OpenEvent | undefined | 'unknown'> => {
  switch (openType) {
    case 'getPhoneNumber':
      return getPhoneNumber()
    case 'chooseAvatar':
      return chooseAvatar()
    case 'agreePrivacyAuthorization':
      // The engine writes the template's id behind one of its own: <component>--<id>.
      agreePrivacy(button.id.split('--').at(-1) ?? '')
      return { type: 'agreeprivacyauthorization', detail: { errMsg: 'agreePrivacyAuthorization:ok' } }
    case 'contact':
      await askModal({ title: '客服会话', content: '这里会打开与客服的微信会话', showCancel: false })
      return { type: 'contact', detail: { errMsg: 'enterContact:ok', path: '', query: {} } }
    case 'share':
      await shareTopPage('button', button)
      return undefined
    case 'openSetting':
      await askModal({ title: '设置', content: '权限在这部手机里都已允许', showCancel: false })
      return { type: 'opensetting', detail: { authSetting: {}, errMsg: 'openSetting:ok' } }
    default:
      return 'unknown'
  }
}
