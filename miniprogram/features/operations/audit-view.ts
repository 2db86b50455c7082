import type { AuditPage } from '../../services/operations'
import { sayAudited } from '../../support/audit-words'
import { exactTime } from '../../support/dates'

const fieldWords: Record<string, string> = {
  name: '名称', color: '颜色', hasLogo: '有标志', servicePhone: '物业电话', emergencyPhone: '紧急电话', robot: '群机器人', merchant_repair: '维修费商户号', amount: '金额', method: '方式', isCollecting: '在线缴费', templates: '消息模板', status: '状态', role: '岗位', buildings: '楼栋', relation: '身份',
  phone: '手机号', maskedPhone: '手机号', scopes: '能做的事', endsOn: '到期', reason: '原因', label: '房屋',
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
  auditId: audit.auditId, title: sayAudited(audit.action), who: audit.actorName ?? '已离开的人', when: exactTime(audit.at), subject: audit.subjectId,
  subjectWord: Object.prototype.hasOwnProperty.call(subjectWords, audit.subjectId) ? subjectWords[audit.subjectId]! : audit.subjectId, changes: changesOf(audit),
})
