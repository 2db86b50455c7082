import type { AuditPage } from '../../services/operations'
import { exactTime } from '../../support/dates'

/** What staff may ask about; a newer server's other actions are shown by their names. */
export const actionWords: Record<string, string> = {
  'repairs.revealContact': '查看住户电话', 'members.revealPhone': '查看手机号', 'members.approve': '通过住户认证', 'members.reject': '拒绝住户认证',
  'members.inviteStaff': '邀请员工', 'members.changeStaff': '修改员工岗位', 'members.removeStaff': '移除员工', 'members.changePerson': '修改同住人', 'members.removePerson': '移出同住人',
  'members.moveOut': '办理搬出', 'members.transferHouse': '房屋过户', 'houses.createCommunity': '新建小区', 'houses.updateCommunity': '修改小区',
  'operations.configure': '修改设置', 'operations.confirm': '确认上线清单', 'account.exportMyData': '导出个人数据', 'account.deleteAccount': '注销账号',
}
export const actionChoices = Object.keys(actionWords)
const wordOf = (action: string): string => (Object.prototype.hasOwnProperty.call(actionWords, action) ? actionWords[action]! : action)

const fieldWords: Record<string, string> = {
  name: '名称', color: '颜色', hasLogo: '有标志', servicePhone: '物业电话', emergencyPhone: '紧急电话', robot: '群机器人', templates: '消息模板', status: '状态', role: '岗位', buildings: '楼栋', relation: '身份',
}

const say = (value: unknown): string => {
  if (value === null || value === undefined || value === '') return '无'
  if (typeof value === 'boolean') return value ? '是' : '否'
  return Array.isArray(value) ? value.join('、') || '无' : String(value)
}

const subjectWords: Record<string, string> = { category: '小程序类目', privacy: '隐私指引', filing: '小程序备案', merchant: '商户号', sms: '短信包', company: '全公司' }

export type AuditRow = { auditId: string; title: string; who: string; when: string; subject: string; subjectWord: string; changes: { key: string; word: string; said: string }[] }

const changesOf = ({ before, after }: AuditPage['audits'][number]): AuditRow['changes'] =>
  [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])].map((key) => {
    const [old, fresh] = [before?.[key], after?.[key]]
    return { key, word: fieldWords[key] ?? key, said: before && after ? `${say(old)} → ${say(fresh)}` : say(after ? fresh : old) }
  })

export const viewAudit = (audit: AuditPage['audits'][number]): AuditRow => ({
  auditId: audit.auditId, title: wordOf(audit.action), who: audit.actorName ?? '已离开的人', when: exactTime(audit.at), subject: audit.subjectId,
  subjectWord: Object.prototype.hasOwnProperty.call(subjectWords, audit.subjectId) ? subjectWords[audit.subjectId]! : audit.subjectId, changes: changesOf(audit),
})
