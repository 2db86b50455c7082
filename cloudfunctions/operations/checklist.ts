import { after, minutes, shanghaiDay } from '../_shared/clock'
import type { MessageTemplate } from '../_shared/configuration'
import type { Stored } from '../_shared/db'
import type { Checked, CheckItem, Problem } from './contract'

/** When something of the list was last proved, and by whom; `_id` is the item. */
export type CheckRow = Stored & {
  provedAt: Date | null
  provedById: string | null
  provedByName: string | null
  note: string
  lastFailedAt: Date | null
  lastFailure: string
}

type Item = Pick<Checked, 'kind' | 'title' | 'purpose' | 'advice'> & { isChecked: 'monthly' | 'once' }

const days = (count: number): number => minutes(count * 24 * 60)
/** 接口审计: an interface that worked last month may have lost its permission, its key or its certificate since. */
const checkEvery = days(31)

const items: Record<CheckItem, Item> = {
  first_manager: { kind: 'seen', isChecked: 'once', title: '第一位管理员', purpose: '有人能管理小区、员工和设置', advice: '用部署时打印的一次性口令登记第一位管理员' },
  keys: { kind: 'seen', isChecked: 'once', title: '密钥', purpose: '住户电话等个人信息加密保存', advice: '用恢复密钥把环境变量改回，不要重新生成' },
  backup: { kind: 'seen', isChecked: 'once', title: '每晚备份', purpose: '数据丢了能找回，保留 30 天', advice: '在云开发控制台打开云函数 backup 的定时触发器，明早再看' },
  robot: { kind: 'test', isChecked: 'monthly', title: '企业微信群机器人', purpose: '派单、超时和系统告警发到值班群', advice: '在企业微信群里添加机器人，把地址粘贴到「品牌与联系方式」' },
  templates: { kind: 'test', isChecked: 'monthly', title: '订阅消息模板', purpose: '在微信里通知住户和员工', advice: '先在「消息」页点允许，再试；还不行，请核对模板编号和字段' },
  content_check: { kind: 'test', isChecked: 'monthly', title: '文字内容安全', purpose: '住户写的内容先过微信的检查', advice: '云函数要有 security.msgSecCheck 权限；重新上传云函数再试' },
  content_push: { kind: 'seen', isChecked: 'once', title: '照片检查回调', purpose: '有问题的照片自动不显示', advice: '在云开发控制台的消息推送里，把 wxa_media_check 推给云函数 content-callback；报修一张照片后再看' },
  storage: { kind: 'test', isChecked: 'monthly', title: '照片存储', purpose: '照片能上传，也能打开', advice: '在云开发控制台看云存储是否开通、有没有欠费' },
  phone_number: { kind: 'test', isChecked: 'monthly', title: '手机号验证', purpose: '住户用微信手机号绑定房屋', advice: '需要已认证的企业小程序，并买手机号验证次数；云函数要有 phonenumber.getPhoneNumber 权限' },
  category: { kind: 'confirm', isChecked: 'once', title: '小程序类目', purpose: '「生活服务 > 物业」类目审核通过才能上线', advice: '公众平台 设置 > 服务类目，备齐物业资质' },
  privacy: { kind: 'confirm', isChecked: 'once', title: '用户隐私保护指引', purpose: '没有填写时，选照片、录音、手机号都用不了', advice: '公众平台 设置 > 服务内容声明，照审核材料包里的清单填写' },
  filing: { kind: 'confirm', isChecked: 'once', title: '小程序备案', purpose: '没有备案不能上架', advice: '公众平台 设置 > 小程序备案，约需 1–20 个工作日' },
  merchant: { kind: 'test', isChecked: 'monthly', title: '微信支付商户号', purpose: '在线缴费；没有商户号时只能线下缴费', advice: '在云开发控制台绑定商户号并授权，把商户号填到「品牌与联系方式」，再来测试' },
  sms: { kind: 'confirm', isChecked: 'monthly', title: '短信包', purpose: '微信通知不到时的后备', advice: '在云开发控制台购买短信包，报备签名和模板；每月看一次余量' },
}
const order = Object.keys(items) as CheckItem[]

/** What the house can see of an item by itself: since when it holds, and what is set up, in words. */
export type Seen = Partial<Record<CheckItem, { provedAt?: Date | null; configured?: string | null }>>

const dueAt = ({ isChecked }: Item, provedAt: Date | null): Date | null => (isChecked === 'monthly' && provedAt ? after(provedAt, checkEvery) : null)

const stateOf = (row: CheckRow | undefined, provedAt: Date | null, due: Date | null, now: Date): Checked['state'] => {
  if (row?.lastFailedAt && (!provedAt || row.lastFailedAt > provedAt)) return 'failed'
  if (!provedAt) return 'open'
  return due && due < now ? 'due' : 'proved'
}

export const checklistOf = (rows: CheckRow[], seen: Seen, now: Date): Checked[] =>
  order.map((item) => {
    const { isChecked, ...words } = items[item]
    const row = rows.find(({ _id }) => _id === item)
    const provedAt = (words.kind === 'seen' ? seen[item]?.provedAt : row?.provedAt) ?? null
    const due = dueAt({ isChecked, ...words }, provedAt)
    const state = stateOf(row, provedAt, due, now)
    return {
      item, ...words, state, advice: state === 'failed' ? row!.lastFailure || words.advice : words.advice, configured: seen[item]?.configured ?? null,
      provedAt: provedAt?.toISOString() ?? null, provedByName: row?.provedByName ?? null, note: row?.note ?? '', dueOn: due && shanghaiDay(due),
    }
  })

/** Interfaces whose monthly check is overdue, and those that failed their last one. */
export const overdueChecks = (rows: CheckRow[], now: Date): Problem[] => {
  const due = checklistOf(rows, {}, now).filter(({ kind, state }) => kind !== 'seen' && (state === 'due' || (state === 'failed')))
  if (due.length === 0) return []
  return [{
    kind: 'check_overdue',
    title: `${due.length} 项接口检查${due.some(({ state }) => state === 'failed') ? '没有通过或' : ''}过期了`,
    advice: `请在「上线清单」里重新检查：${due.map(({ title }) => title).slice(0, 5).join('、')}`,
  }]
}

/** What people call each kind of notice; also which kinds need a template. */
export const noticeWords: Record<string, string> = {
  repair_submitted: '新报修提醒', repair_progress: '报修进度通知', incident: '公共事件通知',
  verification_submitted: '新住户申请', verification_decided: '住户认证结果',
  payment_received: '缴费成功通知', refund_posted: '退款到账通知', refund_progress: '退款办理提醒',
}

const keywordTypes = ['thing', 'phrase', 'name', 'character_string', 'number', 'letter', 'phone_number', 'car_number', 'amount', 'time', 'date', 'symbol']

/** What WeChat would refuse about a template, field by field; empty when it looks right. */
export const templateComplaints = ({ templateId, keywords }: MessageTemplate): string[] => [
  ...(templateId.length < 10 ? ['模板编号太短，请从公众平台复制'] : []),
  ...(Object.keys(keywords).length === 0 ? ['没有字段'] : []),
  ...Object.keys(keywords).filter((keyword) => !keywordTypes.includes(keyword.replace(/\d+$/, '')) || !/\d$/.test(keyword)).map((keyword) => `字段 ${keyword} 不是微信的字段`),
]

const samples: Record<string, (now: Date) => string> = {
  phrase: () => '测试', name: () => '物业', number: () => '1', letter: () => 'A', phone_number: () => '021-12345678', car_number: () => '沪A12345',
  amount: () => '1元', character_string: () => 'TEST-1', time: (now) => `${shanghaiDay(now)} 10:00`, date: shanghaiDay,
}

/** A value that each keyword takes, under the name by which the template asks for it. */
export const sampleValues = ({ keywords }: MessageTemplate, now: Date): Record<string, string> =>
  Object.fromEntries(Object.entries(keywords).map(([keyword, value]) => [value, (samples[keyword.replace(/\d+$/, '')] ?? (() => '上线测试'))(now)]))
