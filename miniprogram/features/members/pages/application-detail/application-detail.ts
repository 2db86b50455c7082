import type { ResidentScope } from '../../../../../cloudfunctions/members/contract'
import type { OpenedApplication } from '../../../../services/members'
import { approveApplication, getApplication, rejectApplication } from '../../../../services/members'
import { ask, toast } from '../../../../support/ask'
import type { Told } from '../../../../support/events'
import { scopeChoices } from '../../../../support/people-view'
import { asksWhenShown, notLoaded, refreshPage } from '../../../../support/refreshing'
import { calm, submit } from '../../../../support/submitting'
import type { ApplicationView, DecisionView } from '../../application-view'
import { rejectionReasons, viewApplication, viewDecision } from '../../application-view'

Page({
  ...asksWhenShown,
  data: {
    ...notLoaded,
    application: null as ApplicationView | null,
    decision: null as DecisionView,
    /** Those whose time in the house ends when this is approved. */
    leaving: [] as string[],
    scopes: [] as string[],
    endsOn: '',
    isRejecting: false,
    reason: '',
    reasonChoices: rejectionReasons.map((reason) => ({ value: reason, word: reason })),
    scopeChoices,
    ...calm,
  },
  applicationId: '',

  onLoad(query: { applicationId?: string }) {
    this.applicationId = query.applicationId ?? ''
  },

  async refresh() {
    await refreshPage(this, `application.${this.applicationId}`, { load: () => getApplication(this.applicationId), show: (opened) => this.show(opened) })
  },
  show(opened: OpenedApplication) {
    const scopes = opened.application.relation === 'tenant' ? ['invite', 'report'] : ['bills', 'pay', 'invite', 'report']
    const isFirst = this.data.application === null
    this.setData({ state: 'ready', application: viewApplication(opened.application), decision: viewDecision(opened), ...(isFirst && { scopes }) })
  },

  onLeaving(event: Told<{ values: string[] }>) {
    this.setData({ leaving: event.detail.values })
  },
  onScopes(event: Told<{ values: string[] }>) {
    this.setData({ scopes: event.detail.values })
  },
  onEnd(event: Told<{ value: string }>) {
    this.setData({ endsOn: event.detail.value })
  },

  async onApprove() {
    const { application, decision, leaving, scopes, endsOn } = this.data
    const outgoing = decision!.residents.filter(({ value }) => leaving.includes(value)).map(({ word }) => word).join('、')
    const content = outgoing ? `${outgoing} 会马上看不到这套房屋；欠费仍留在房屋上。` : `${application!.name} 马上就能看到这套房屋。`
    if (!(await ask({ title: `通过${application!.title}？`, content, confirm: '通过' }))) return
    const terms = decision!.asksScopes ? { scopes: scopes as ResidentScope[], endsOn: endsOn || null } : {}
    const whoLeaves = decision!.asksWhoLeaves ? { endsResidencyOf: leaving } : {}
    const reply = await submit(this, `approve.${this.applicationId}`, (requestId) =>
      approveApplication({ requestId, applicationId: this.applicationId, ...terms, ...whoLeaves }))
    if (reply) toast('已通过，会通知申请人')
    void this.refresh()
  },

  onRejecting() {
    this.setData({ ...calm, isRejecting: true, reason: '' })
  },
  onClose() {
    this.setData({ isRejecting: false })
  },
  onReason(event: Told<{ values?: string[]; value?: string }>) {
    this.setData({ reason: event.detail.values?.[0] ?? event.detail.value ?? '' })
  },
  async onReject() {
    const { reason } = this.data
    const reply = await submit(this, `reject.${this.applicationId}.${reason}`, (requestId) =>
      rejectApplication({ requestId, applicationId: this.applicationId, reason }))
    if (!reply) return
    this.setData({ isRejecting: false })
    toast('已告诉申请人原因')
    void this.refresh()
  },
})
