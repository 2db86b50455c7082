import { refreshSession, verifyPhone, withdrawApplication } from '../../../../services/members'
import { offerMessages } from '../../../../services/messages'
import { ask, toast } from '../../../../support/ask'
import type { Told } from '../../../../support/events'
import { directoryPage, houseApplyPage, openPage } from '../../../../support/open-page'
import { mayUsePrivacy, mustAskFirst } from '../../../../support/privacy'
import { asksWhenShown, notLoaded, refreshPage } from '../../../../support/refreshing'
import { calm, submit } from '../../../../support/submitting'
import type { OwnView } from '../../application-view'
import { viewOwn } from '../../application-view'
import type { MatchView } from '../../match-view'
import { sayNoNumber, viewMatch } from '../../match-view'

Page({
  ...asksWhenShown,
  data: {
    ...notLoaded,
    applications: [] as OwnView[],
    houses: [] as string[],
    /** The number cannot be asked for before our own question was answered. */
    mustAskFirst: false,
    match: null as MatchView | null,
    hint: '',
    applyPage: houseApplyPage(),
    phonesPage: directoryPage(),
    ...calm,
  },

  async refresh() {
    await refreshPage(this, 'bind', {
      load: refreshSession,
      show: ({ applications, houses }) => {
        // An application answers the number that nobody had on file.
        const match = applications.some(({ status }) => status === 'pending') ? null : this.data.match
        this.setData({ match, applications: applications.map(viewOwn), houses: houses.map((house) => `${house.communityName} ${house.label}`), state: 'ready' })
      },
    })
    this.setData({ mustAskFirst: await mustAskFirst() })
  },

  async onAskFirst() {
    await mayUsePrivacy()
    this.setData({ mustAskFirst: await mustAskFirst() })
  },

  async onPhone(event: Told<{ code?: string; errno?: number }>) {
    const { code, errno } = event.detail
    if (!code) return this.setData({ hint: sayNoNumber(errno) })
    const match = await submit(this, `verifyPhone.${code}`, (requestId) => verifyPhone({ requestId, code }))
    if (!match) return
    this.setData({ match: viewMatch(match), hint: '' })
    void this.refresh()
  },

  async onWithdraw(event: Told<{ applicationId: string }>) {
    const { applicationId } = event.detail
    const isSure = await ask({ title: '撤回这次申请？', content: '撤回后物业不再核对，需要时可以重新申请。', confirm: '撤回', cancel: '不撤回' })
    if (!isSure) return
    const reply = await submit(this, `withdraw.${applicationId}`, (requestId) => withdrawApplication({ requestId, applicationId }))
    if (reply) toast('已撤回')
    void this.refresh()
  },

  onApply() {
    openPage(houseApplyPage())
  },
  onDone() {
    void offerMessages()
    openPage('pages/home/home')
  },
})
