import { choosePhotos } from '../../miniprogram/support/photos'
import { answerPrivacy, watchPrivacy } from '../../miniprogram/support/privacy'
import { tellAgreement } from '../../miniprogram/services/members'
import { rememberSession } from '../../miniprogram/support/session'
import { loadPage, phone, settle } from '../support/load-page'
import { aSession } from '../support/phone-answers'

const stranger = () => aSession({ privacy: { version: '2026-11', isAgreed: false } })
const isDone = () => ({ isDone: true })

const open = async () => {
  const session = stranger()
  const me = await loadPage('pages/me/me', { functions: { members: { session: () => session, agreePrivacy: isDone } } })
  watchPrivacy(() => void tellAgreement())
  return me
}
/** WeChat asks, as it does when something wants personal data. */
const weChatAsks = async () => {
  const answers: unknown[] = []
  const listener = phone.asked('wx.onNeedPrivacyAuthorization')[0]!.options as (resolve: (answer: unknown) => void) => void
  listener((answer) => answers.push(answer))
  await settle()
  return answers
}

describe('the privacy question', () => {
  it('does not come up by itself', async () => {
    expect((await open()).text()).not.toContain('使用前请您同意')
  })

  it('is asked in our words when WeChat wants an answer, and goes once answered', async () => {
    const me = await open()
    await weChatAsks()
    expect(me.text()).toContain('使用前请您同意')
    expect(me.text()).toContain('不同意也没关系')
    answerPrivacy(false)
    await settle()
    expect(me.text()).not.toContain('使用前请您同意')
  })

  it('lets what waited go on by the button WeChat saw tapped, and tells the cloud which guide was agreed to', async () => {
    await open()
    const answers = await weChatAsks()
    answerPrivacy(true)
    await settle()
    expect(answers).toEqual([{ event: 'exposureAuthorization' }, { event: 'agree', buttonId: 'agree-privacy' }])
    expect(phone.asked('members.agreePrivacy').map(({ options }) => options)).toEqual([{ version: '2026-11' }])
  })

  it('refuses what waited when the person does not agree, and tells nobody', async () => {
    await open()
    const answers = await weChatAsks()
    answerPrivacy(false)
    await settle()
    expect(answers).toEqual([{ event: 'exposureAuthorization' }, { event: 'disagree' }])
    expect(phone.asked('members.agreePrivacy')).toEqual([])
  })

  it('is answered once for everything that waits', async () => {
    await open()
    const [first, second] = [await weChatAsks(), await weChatAsks()]
    answerPrivacy(true)
    expect([first.at(-1), second.at(-1)]).toEqual([{ event: 'agree', buttonId: 'agree-privacy' }, { event: 'agree', buttonId: 'agree-privacy' }])
  })
})

describe('somebody who withdrew their agreement, of whom WeChat still knows it', () => {
  const withdrawn = async () => {
    const me = await open()
    rememberSession(stranger())
    phone.stub('getPrivacySetting', ({ success }: { success: (answer: object) => void }) => success({ needAuthorization: false }))
    return me
  }

  it('is asked by us before a photo is chosen', async () => {
    const me = await withdrawn()
    const chosen = choosePhotos(9)
    await settle()
    expect(me.text()).toContain('使用前请您同意')
    expect(phone.asked('wx.chooseMedia')).toEqual([])
    answerPrivacy(true)
    await chosen
    expect(phone.asked('wx.chooseMedia')).toHaveLength(1)
  })

  it('chooses none after a no', async () => {
    await withdrawn()
    const chosen = choosePhotos(9)
    await settle()
    answerPrivacy(false)
    expect(await chosen).toEqual([])
    expect(phone.asked('wx.chooseMedia')).toEqual([])
  })
})
