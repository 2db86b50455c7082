import { storageKey } from '../host/persona'
import { api } from './call'

const AGREED = storageKey('#privacy')

type Resolve = (answer: { event: 'exposureAuthorization' | 'agree' | 'disagree'; buttonId?: string }) => void

let listener: ((resolve: Resolve, context: { referrer: string }) => void) | undefined

export const agreePrivacy = (_buttonId: string): void => localStorage.setItem(AGREED, 'yes')

const isAgreed = (): boolean => localStorage.getItem(AGREED) === 'yes'

const PRIVACY_NAME = '《用户隐私保护指引》'

export const privacyApis = {
  getPrivacySetting: api('getPrivacySetting', () => ({ needAuthorization: !isAgreed(), privacyContractName: PRIVACY_NAME })),
  openPrivacyContract: api('openPrivacyContract', () => undefined),
  onNeedPrivacyAuthorization: (given: NonNullable<typeof listener>) => void (listener = given),
  requirePrivacyAuthorize: api('requirePrivacyAuthorize', async () => {
    if (isAgreed() || !listener) return
    const ask = listener
    await new Promise<void>((resolve, reject) => {
      ask(({ event }) => {
        if (event === 'exposureAuthorization') return
        if (event === 'disagree') return reject(new Error('user disagree'))
        agreePrivacy('')
        resolve()
      }, { referrer: 'requirePrivacyAuthorize' })
    })
  }),
}
