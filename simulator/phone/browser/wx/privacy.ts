import { storageKey } from '../host/persona'
import { api, Refusal } from './call'

const AGREED = storageKey('#privacy')

type Resolve = (answer: { event: 'exposureAuthorization' | 'agree' | 'disagree'; buttonId?: string }) => void

let listener: ((resolve: Resolve, context: { referrer: string }) => void) | undefined

export const agreePrivacy = (): void => localStorage.setItem(AGREED, 'yes')

const isAgreed = (): boolean => localStorage.getItem(AGREED) === 'yes'

const PRIVACY_NAME = '《用户隐私保护指引》'
const NOT_AUTHORIZED = 104

/**
 * What APIs on personal data wait for. A mini-program that listens asks in its own words; for one that does not, WeChat's own
 * popup is taken as agreed to.
 */
export const requirePrivacy = async (referrer: string): Promise<void> => {
  if (isAgreed() || !listener) return
  const ask = listener
  await new Promise<void>((resolve, reject) => {
    ask(({ event }) => {
      if (event === 'exposureAuthorization') return
      if (event === 'disagree') return reject(new Refusal('privacy permission is not authorized', undefined, NOT_AUTHORIZED))
      agreePrivacy()
      resolve()
    }, { referrer })
  })
}

export const privacyApis = {
  getPrivacySetting: api('getPrivacySetting', () => ({ needAuthorization: !isAgreed(), privacyContractName: PRIVACY_NAME })),
  openPrivacyContract: api('openPrivacyContract', () => undefined),
  onNeedPrivacyAuthorization: (given: NonNullable<typeof listener>) => void (listener = given),
  requirePrivacyAuthorize: api('requirePrivacyAuthorize', () => requirePrivacy('requirePrivacyAuthorize')),
}
