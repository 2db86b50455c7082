import type { AuditEntry } from '../../../cloudfunctions/members/contract'

const words: Record<string, string> = {
  'members.agreePrivacy': '同意了隐私保护指引',
  'members.withdrawPrivacy': '撤回了隐私同意',
  'members.verifyPhone': '核实了手机号',
  'members.apply': '提交了住户申请',
  'members.withdrawApplication': '撤回了住户申请',
  'members.approve': '通过了住户申请',
  'members.reject': '没有通过住户申请',
  'members.addPerson': '添加了家人或租客',
  'members.changePerson': '改了家人或租客能做的事',
  'members.removePerson': '移除了家人或租客',
  'members.leaveHouse': '解绑了房屋',
  'members.transferHouse': '办理了过户',
  'members.moveOut': '办理了退房',
  'members.revealPhone': '看了完整手机号',
  'members.inviteStaff': '邀请了员工',
  'members.changeStaff': '改了员工的岗位',
  'members.removeStaff': '移除了员工',
  'members.withdrawInvitation': '撤回了邀请',
  'houses.createCommunity': '新建了小区',
  'houses.updateCommunity': '改了小区资料',
  'houses.createBuilding': '新建了楼栋',
  'houses.updateBuilding': '改了楼栋',
  'houses.create': '新建了房屋',
  'houses.update': '改了房屋',
  'houses.remove': '删除了房屋',
  'houses.addToRoster': '登记了住户',
  'houses.updateRoster': '改了登记的住户',
  'houses.removeFromRoster': '删除了登记的住户',
  'houses.revealRosterPhone': '看了登记的完整手机号',
  'houses.createCommitteeMember': '登记了业委会成员',
  'houses.updateCommitteeMember': '改了业委会成员',
  'houses.removeCommitteeMember': '移除了业委会成员',
  'house-import.start': '导入了房屋表格',
  'exports.houses': '导出了房屋',
  'exports.residents': '导出了住户',
  'exports.staff': '导出了员工',
  'insights.residentProfile': '看了住户档案',
  'repairs.revealContact': '为报修看了完整手机号',
  'account.exportMyData': '导出了自己的数据',
  'account.deleteAccount': '注销了账号',
}

/** What was done, in words; a newer server's action is still shown, by its name. */
export const sayAction = (action: string): string => (Object.keys(words).includes(action) ? words[action]! : action)

export const actionChoices = [{ key: '', title: '全部记录', meta: '' }, ...Object.entries(words).map(([key, title]) => ({ key, title, meta: '' }))]
export const sayFilter = (action: string): string => (action ? `只看：${sayAction(action)}` : '全部记录')

const fieldWords: Record<string, string> = {
  name: '姓名', phone: '手机号', maskedPhone: '手机号', role: '岗位', buildings: '楼栋', scopes: '能做的事', endsOn: '到期', relation: '身份', reason: '原因', status: '状态', label: '房屋',
}
const say = (value: unknown): string => (Array.isArray(value) ? value.map(say).join('、') : value === null || value === '' ? '无' : typeof value === 'object' ? JSON.stringify(value) : String(value))
const saySide = (side: AuditEntry['before']): string =>
  Object.entries(side ?? {}).map(([field, value]) => `${Object.keys(fieldWords).includes(field) ? fieldWords[field] : field} ${say(value)}`).join('，')

export const viewAudit = (entry: AuditEntry) => {
  const [before, after] = [saySide(entry.before), saySide(entry.after)]
  return {
    auditId: entry.auditId,
    at: entry.at,
    actorId: entry.actorId,
    actorName: entry.actorName,
    title: `${entry.actorName} ${sayAction(entry.action)}`,
    about: entry.subjectName ? `对象：${entry.subjectName}` : '',
    change: before && after ? `${before} → ${after}` : before || after,
  }
}
export type AuditView = ReturnType<typeof viewAudit>
