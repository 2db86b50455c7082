import { session } from './session'
import { createSignal } from './signal'
import { recall, remember } from './storage'

type Answer = { event: 'exposureAuthorization' | 'disagree' } | { event: 'agree'; buttonId: string }
type Resolve = (answer: Answer) => void

/** WeChat believes only the tap on a button with this id and `open-type="agreePrivacyAuthorization"`. */
export const agreeButtonId = 'agree-privacy'
const agreedKey = 'privacyAgreed'

let waiting: Resolve[] = []
let told = (): void => undefined
/** Whether something waits for the person's answer: the page then shows the question. */
export const privacyQuestion = createSignal(false)

const askFor = (resolve: Resolve): void => {
  waiting.push(resolve)
  privacyQuestion.set(true)
  resolve({ event: 'exposureAuthorization' })
}

/** From here on WeChat asks us, instead of the person, before anything takes personal data; `onAgreed` hears of each agreement. */
export const watchPrivacy = (onAgreed: () => void): void => {
  told = onAgreed
  // The typings miss the first argument.
  wx.onNeedPrivacyAuthorization(askFor as unknown as Parameters<typeof wx.onNeedPrivacyAuthorization>[0])
}

/** The person's answer; everything that waited for it goes on, or is refused alone: nothing else of the app depends on it. */
export const answerPrivacy = (isAgreed: boolean): void => {
  const asked = waiting
  waiting = []
  privacyQuestion.set(false)
  if (isAgreed) remember(agreedKey, session.get()?.privacy.version ?? '')
  for (const resolve of asked) resolve(isAgreed ? { event: 'agree', buttonId: agreeButtonId } : { event: 'disagree' })
  if (isAgreed) told()
}

/** The guide somebody agreed to here, which the cloud may not know of yet. */
export const agreedHere = (): string => recall<string>(agreedKey) ?? ''
export const forgetAgreement = (): void => remember(agreedKey, '')

const isWeChatToAsk = (): Promise<boolean> =>
  new Promise((resolve) => {
    wx.getPrivacySetting({ success: ({ needAuthorization }) => resolve(needAuthorization), fail: () => resolve(false) })
  })

const isAgreed = (): boolean => {
  const privacy = session.get()?.privacy
  return !privacy || privacy.isAgreed || agreedHere() === privacy.version
}

/** Whether we must ask before WeChat's own question would come: the guide is new to this person, or they withdrew. */
export const mustAskFirst = async (): Promise<boolean> => !isAgreed() && !(await isWeChatToAsk())

/** Asks where `mustAskFirst`; true when what needs personal data may go on. */
export const mayUsePrivacy = async (): Promise<boolean> => {
  if (!(await mustAskFirst())) return true
  return new Promise((resolve) => {
    askFor((answer) => answer.event !== 'exposureAuthorization' && resolve(answer.event === 'agree'))
  })
}

/** As `mayUsePrivacy`, before what takes personal data by no interface of WeChat's: a name that is typed. WeChat would not ask by itself. */
export const mayTakeTyped = async (): Promise<boolean> => {
  const isAllowed = await new Promise<boolean>((resolve) => {
    wx.requirePrivacyAuthorize({ success: () => resolve(true), fail: () => resolve(false) })
  })
  return isAllowed && mayUsePrivacy()
}
