import type { CommitteeRole } from '../../../../../cloudfunctions/houses/contract'
import { createCommitteeMember, listCommittee, removeCommitteeMember, updateCommitteeMember } from '../../../../services/houses'
import { ask } from '../../../../support/ask'
import type { Tap, Told } from '../../../../support/events'
import { asksWhenShown, notLoaded, refreshPage } from '../../../../support/refreshing'
import { calm, submit } from '../../../../support/submitting'
import type { CommitteeView, TermForm } from '../../committee-view'
import { committeeRoleChoices, newTerm, viewCommittee } from '../../committee-view'

Page({
  ...asksWhenShown,
  data: {
    ...notLoaded,
    members: [] as CommitteeView,
    form: null as TermForm | null,
    committeeRoleChoices,
    ...calm,
  },

  async refresh() {
    await refreshPage(this, 'committeeRegister', {
      load: listCommittee,
      show: ({ members, today }) => this.setData({ state: 'ready', members: viewCommittee(members, today) }),
    })
  },

  onAdd() {
    this.setData({ ...calm, form: newTerm() })
  },
  onMember(event: Tap<{ index: number }>) {
    const { committeeMemberId, version, name, role, startsOn, endsOn, note } = this.data.members[event.currentTarget.dataset.index]!
    this.setData({ ...calm, form: { committeeMemberId, version, name, role, startsOn, endsOn, note } })
  },
  onClose() {
    this.setData({ form: null })
  },
  onField(event: Told<{ name: string; value: string }>) {
    this.setData({ [`form.${event.detail.name}`]: event.detail.value })
  },
  onRole(event: Told<{ values: CommitteeRole[] }>) {
    this.setData({ 'form.role': event.detail.values[0]! })
  },

  async onSave() {
    const { committeeMemberId, version, ...term } = this.data.form!
    const reply = committeeMemberId
      ? await submit(this, `term.${committeeMemberId}`, () => updateCommitteeMember({ committeeMemberId, version, ...term }))
      : await submit(this, `term.${JSON.stringify(term)}`, (requestId) => createCommitteeMember({ requestId, ...term }))
    if (!reply) return
    this.setData({ form: null })
    void this.refresh()
  },
  async onRemove() {
    const { committeeMemberId, name } = this.data.form!
    if (!(await ask({ title: `删除${name}？`, content: '任期到了会自动不显示，登记错了才需要删除。', confirm: '删除' }))) return
    if (!(await submit(this, `removeTerm.${committeeMemberId}`, () => removeCommitteeMember(committeeMemberId)))) return
    this.setData({ form: null })
    void this.refresh()
  },
})
