import { ask, dial, toast } from '../../../../support/ask'
import type { Tap, Told } from '../../../../support/events'
import { applicationListPage, openPage } from '../../../../support/open-page'
import { relationChoices } from '../../../../support/people-view'
import { asksWhenShown, notLoaded, refreshPage } from '../../../../support/refreshing'
import { calm, submit } from '../../../../support/submitting'
import { formOfHouse, wrongArea } from '../../house-form'
import type { ProfileForm } from '../../profile-steps'
import { dropHouse, dropRosterRow, emptyForm, formWords, lookAtRosterPhone, openProfile, reasonChoices, sendForm } from '../../profile-steps'
import type { ProfileView } from '../../profile-view'
import { viewProfile } from '../../profile-view'

Page({
  ...asksWhenShown,
  data: {
    ...notLoaded,
    profile: null as ProfileView | null,
    form: null as ProfileForm | null,
    words: formWords(null),
    reasons: reasonChoices(null),
    relationChoices,
    ...calm,
  },
  houseId: '',

  onLoad(query: { houseId?: string }) {
    this.houseId = query.houseId ?? ''
  },
  async refresh() {
    await refreshPage(this, `profile.${this.houseId}`, {
      load: () => openProfile(this.houseId),
      show: (opened) => this.setData({ state: 'ready', profile: viewProfile(opened) }),
    })
  },

  open(form: ProfileForm) {
    this.setData({ ...calm, form, words: formWords(form), reasons: reasonChoices(form) })
  },
  onResident(event: Tap<{ index: number }> & Told<{ key: 'reveal' | 'moveOut' }>) {
    const { memberId, name } = this.data.profile!.residents![event.currentTarget.dataset.index]!
    this.open({ ...emptyForm(event.detail.key), memberId, name })
  },
  onRosterRow(event: Tap<{ index: number }> & Told<{ key: string }>) {
    const { rosterId, version, name, relation } = this.data.profile!.roster![event.currentTarget.dataset.index]!
    if (event.detail.key === 'roster') this.open({ ...emptyForm('roster'), rosterId, version, name, relation })
    if (event.detail.key === 'revealRoster') void this.run(`reveal.${rosterId}`, async () => dial((await lookAtRosterPhone(rosterId)).phone))
    if (event.detail.key === 'removeRoster') void this.confirm({ title: `删除${name}的登记？`, content: '已经绑定的住户不受影响。', confirm: '删除' }, () => dropRosterRow(rosterId, version))
  },
  onAddRow() {
    this.open(emptyForm('roster'))
  },
  onTransfer() {
    this.open(emptyForm('transfer'))
  },
  onEdit() {
    this.open({ ...emptyForm('house'), house: formOfHouse(this.data.profile!.house!) })
  },
  async onRemove() {
    const { label, version } = this.data.profile!.house!
    const isGone = await this.confirm({ title: `删除${label}？`, content: '只有没人住、没登记住户的房屋能删。', confirm: '删除' }, () => dropHouse(this.houseId, version))
    if (isGone) void wx.navigateBack()
  },
  onApplications() {
    openPage(applicationListPage())
  },
  onClose() {
    this.setData({ form: null })
  },
  onField(event: Told<{ name: string; value: string }>) {
    this.setData({ [`form.${event.detail.name}`]: event.detail.value })
  },
  onChoice(event: Told<{ name: string; values: string[] }>) {
    this.setData({ [`form.${event.detail.name}`]: event.detail.values[0]! })
  },

  async confirm(question: Parameters<typeof ask>[0], run: () => Promise<unknown>) {
    return (await ask(question)) && this.run(question.title, run)
  },
  async run(intention: string, run: () => Promise<unknown>) {
    const reply = await submit(this, intention, async () => ({ reply: await run() }), (refusal) => toast(refusal.message))
    void this.refresh()
    return reply !== null
  },

  async onSave() {
    const form = this.data.form!
    const errors = form.house ? wrongArea(form.house) : {}
    if (errors.areaSqm) return this.setData({ errors })
    const reply = await submit(this, `profile.${JSON.stringify(form)}`, (requestId) => sendForm(this.houseId, form, requestId))
    if (!reply) return
    this.setData({ form: null })
    if (reply.phone) dial(reply.phone)
    else toast(form.kind === 'reveal' ? '这位住户没有手机号' : '已保存')
    void this.refresh()
  },
})
