import { complain } from '../host/loud'
import { openid, privacyKey } from '../host/persona'
import { askModal } from '../sheets/modal'
import { api, Refusal } from './call'

const AGREED = privacyKey(openid)

type Resolve = (answer: { event: 'exposureAuthorization' | 'agree' | 'disagree'; buttonId?: string }) => void

let listener: ((resolve: Resolve, context: { referrer: string }) => void) | undefined
/** Ids of the agreement buttons tapped since the last question: WeChat believes a person's tap, not the mini-program's word. */
const tapped = new Set<string>()

/** A tap on `<button open-type="agreePrivacyAuthorization">`. */
export const agreePrivacy = (buttonId: string): void => void tapped.add(buttonId)

const isAgreed = (): boolean => localStorage.getItem(AGREED) === 'yes'

const PRIVACY_NAME = '《用户隐私保护指引》'
export const NOT_AUTHORIZED = 104

/**
 * What APIs on personal data wait for. A mini-program that listens asks in its own words; for one that does not, WeChat's own
 * popup is taken as agreed to.
 */
export const requirePrivacy = async (referrer: string): Promise<void> => {
  if (isAgreed() || !listener) return
  const ask = listener
  tapped.clear()
  await new Promise<void>((resolve, reject) => {
    ask(({ event, buttonId = '' }) => {
      if (event === 'exposureAuthorization') return
      if (event === 'disagree') return reject(new Refusal('privacy permission is not authorized', undefined, NOT_AUTHORIZED))
      if (!tapped.has(buttonId)) return complain(`agreed by "${buttonId}", but no button of that id with open-type="agreePrivacyAuthorization" was tapped`)
      localStorage.setItem(AGREED, 'yes')
      resolve()
    }, { referrer })
  })
}

export const privacyApis = {
  getPrivacySetting: api('getPrivacySetting', () => ({ needAuthorization: !isAgreed(), privacyContractName: PRIVACY_NAME })),
  openPrivacyContract: api('openPrivacyContract', async () => {
    await askModal({ title: PRIVACY_NAME, content: '这里是 微信 后台填写的指引全文', showCancel: false })
  }),
  onNeedPrivacyAuthorization: (given: NonNullable<typeof listener>) => void (listener = given),
  requirePrivacyAuthorize: api('requirePrivacyAuthorize', () => requirePrivacy('requirePrivacyAuthorize')),
}
