import type { StaffRole } from '../../../../../cloudfunctions/members/contract'
import { exportStaff } from '../../../../services/exports'
import type { StaffList } from '../../../../services/members'
import { changeStaff, inviteStaff, listStaff, removeStaff, withdrawInvitation } from '../../../../services/members'
import { ask, toast } from '../../../../support/ask'
import { openSheet } from '../../../../support/documents'
import type { Tap, Told } from '../../../../support/events'
import { roleChoices } from '../../../../support/people-view'
import { asksWhenShown, notLoaded, refreshPage } from '../../../../support/refreshing'
import { calm, submit } from '../../../../support/submitting'
import type { StaffForm, StaffView } from '../../staff-view'
import { formOf, newColleague, viewStaff } from '../../staff-view'

Page({
  ...asksWhenShown,
  data: {
    ...notLoaded,
    staff: null as StaffView | null,
    form: null as StaffForm | null,
    roleChoices,
    ...calm,
  },
  people: [] as StaffList['people'],

  async refresh() {
    await refreshPage(this, 'staff', {
      load: listStaff,
      show: (list) => {
        this.people = list.people
        this.setData({ state: 'ready', staff: viewStaff(list) })
      },
    })
  },

  async onExport() {
    const sheet = await submit(this, 'export', exportStaff, (refusal) => toast(refusal.message))
    if (sheet) await openSheet(sheet.url)
  },
  onInvite() {
    this.setData({ ...calm, form: newColleague() })
  },
  onColleague(event: Tap<{ id: string }>) {
    const one = this.people.find(({ memberId }) => memberId === event.currentTarget.dataset.id)
    if (one) this.setData({ ...calm, form: formOf(one) })
  },
  onClose() {
    this.setData({ form: null })
  },
  onField(event: Told<{ name: string; value: string }>) {
    this.setData({ [`form.${event.detail.name}`]: event.detail.value })
  },
  onRole(event: Told<{ values: StaffRole[] }>) {
    this.setData({ 'form.role': event.detail.values[0]! })
  },
  onBuildings(event: Told<{ values: string[] }>) {
    this.setData({ 'form.buildings': event.detail.values })
  },

  async onSave() {
    const form = this.data.form!
    const { memberId, name, phone, role } = form
    const buildings = form.buildings.length > 0 ? form.buildings : null
    const reply = memberId
      ? await submit(this, `changeStaff.${JSON.stringify(form)}`, (requestId) => changeStaff({ requestId, memberId, role, buildings }))
      : await submit(this, `inviteStaff.${JSON.stringify(form)}`, (requestId) => inviteStaff({ requestId, name, phone, role, buildings }))
    if (!reply) return
    this.setData({ form: null })
    toast('outcome' in reply && reply.outcome === 'invited' ? `请${name}用这个手机号打开邻里，就能看到「管理」` : '已保存，下一步操作就按新的来')
    void this.refresh()
  },

  async onRemove() {
    const { memberId, name } = this.data.form!
    if (!(await ask({ title: `移除${name}？`, content: '马上就不能再用管理功能。手上没做完的单，请另外派人。', confirm: '移除' }))) return
    const reply = await submit(this, `removeStaff.${memberId}`, (requestId) => removeStaff({ requestId, memberId }))
    if (!reply) return
    this.setData({ form: null })
    void this.refresh()
  },

  async onUninvite(event: Tap<{ id: string }>) {
    const invitationId = event.currentTarget.dataset.id
    if (!(await ask({ title: '撤回这个邀请？', content: '对方再用这个号码打开邻里，就不是员工了。', confirm: '撤回' }))) return
    await submit(this, `uninvite.${invitationId}`, (requestId) => withdrawInvitation({ requestId, invitationId }), (refusal) => toast(refusal.message))
    void this.refresh()
  },
})
