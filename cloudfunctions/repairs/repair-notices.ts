import { shanghaiTime } from '../_shared/clock'
import { nameWithTitle, staffTitles } from '../_shared/masking'
import { yuan } from '../_shared/money'
import type { Notice, NoticeAudience } from '../_shared/notice'
import type { Happening } from './contract'
import { chargedOf } from './charging'
import { openPlaceOf, placeLabelOf, type Actor, type Assignee, type RepairEvent, type RepairOrder } from './repair'
import { overseers } from './repair-access'
import { beginOf, inWords } from './slot'
import type { RepairMessage } from './talk'

const detailPage = (repairId: string) => `features/repairs/pages/repair-detail/repair-detail?repairId=${repairId}`

/** One sentence for each who is to be told; absent for those who did it themselves or need not know. */
type Words = {
  title: string
  status: string
  toHousehold?: string | null
  /** Neighbours who follow it: no word of whose report it is. */
  toFollowers?: string | null
  toAssignee?: string | null
  toDesk?: string | null
  /** The staff's group robot. */
  toGroup?: string | null
}

/** People of the staff as others keep them: by surname and what they are, so that an account can be deleted everywhere. */
const called = ({ name, role }: Pick<Actor, 'name' | 'role'>): string => {
  const title = staffTitles[role]
  return title === undefined || name === title ? name : nameWithTitle(name, title)
}
const master = (assignee: Assignee | null): string => called({ name: assignee!.name, role: 'technician' })

const firstWords = (repair: RepairOrder): string => repair.description || '语音报修，请听留言'
const shortDay = (at: Date): string => shanghaiTime(at).replace(/^\d+年/, '').replace(/ .*$/, '')

/** When somebody comes, behind a sentence; nothing where nobody agreed to. */
const visitAt = ({ slot, visit }: Pick<RepairOrder, 'slot' | 'visit'>): string => (slot && visit ? `，${inWords(slot)} 上门` : '')
const wishOf = (repair: Pick<RepairOrder, 'slot' | 'visit'>): string => visitAt(repair) || (repair.slot ? `，希望 ${inWords(repair.slot)} 上门` : '')
const keptOf = ({ quotation }: RepairOrder): string => (quotation?.state === 'accepted' ? '，您同意的报价不变' : '')
const comesInstead = ({ slot, visit }: RepairOrder): string =>
  slot === null ? '' : visit ? `，${inWords(slot)} 由${master({ memberId: visit.technicianId, name: visit.technicianName })}上门` : '，上门时间需要重新确认'
const movedFrom = ({ rescheduled }: RepairEvent): string => (rescheduled?.from ? `（原 ${inWords(rescheduled.from)}）` : '')
const movedTo = (repair: RepairOrder, event: RepairEvent): string => `${inWords(repair.slot!)}${movedFrom(event)}${event.note && `：${event.note}`}`

type Writer = (repair: RepairOrder, event: RepairEvent, place: string) => Words

const words: Record<Happening, Writer> = {
  submit: (repair, event, place) => ({
    title: repair.urgency === 'urgent' ? '紧急报修待处理' : '新的报修待处理', status: '待受理',
    toHousehold: event.by.role === 'resident' ? null : `物业已替您登记报修${visitAt(repair)}，进度会在这里告诉您`,
    toAssignee: repair.visit && `${place}约您 ${inWords(repair.slot!)} 上门：${firstWords(repair)}`,
    toDesk: `${place}：${firstWords(repair)}${wishOf(repair)}`, toGroup: repair.urgency === 'urgent' ? `紧急报修：${place}，请马上处理` : `新报修：${place}`,
  }),
  assign: (repair, event, place) => ({
    title: '报修已派单', status: '已派单', toHousehold: `您的报修已派给${master(repair.assignee)}${visitAt(repair) || '，会尽快与您联系'}`,
    toFollowers: `${place}的报修已派给师傅`, toAssignee: `${called(event.by)}把${place}的报修派给了您${visitAt(repair)}`,
  }),
  claim: (repair, _, place) => ({
    title: '师傅已接单', status: '已接单', toHousehold: `${master(repair.assignee)}已接单${visitAt(repair) || '，会尽快与您联系'}`, toFollowers: `${place}的报修已有师傅接单`,
  }),
  transfer: (repair, event, place) => ({
    title: '报修已转单', status: '已派单', toHousehold: `您的报修已转给${master(repair.assignee)}${visitAt(repair) || '，会尽快与您联系'}`,
    toAssignee: `${called(event.by)}把${place}的报修转给了您：${event.note}${visitAt(repair)}`, toDesk: `${called(event.by)}把${place}的报修转给了${master(repair.assignee)}：${event.note}`,
  }),
  return: (repair, event, place) => event.by.role === 'system' ? {
    title: '报修等待重新派单', status: '待受理', toHousehold: `您的报修正在重新安排师傅${keptOf(repair)}${comesInstead(repair)}`,
    toAssignee: repair.visit && `${place}改约您 ${inWords(repair.slot!)} 上门：${firstWords(repair)}`,
    toDesk: `${place}的师傅已离职或调岗，请重新派单${wishOf(repair)}`, toGroup: `师傅已离职或调岗，待重新派单：${place}`,
  } : {
    title: '报修被退回', status: '待受理', toHousehold: `您的报修正在重新安排师傅${repair.slot ? '，上门时间会再和您确认' : ''}`,
    toDesk: `${called(event.by)}退回了${place}的报修：${event.note}${wishOf(repair)}`,
    toGroup: `报修被退回，待重新派单：${place}`,
  },
  arrive: (repair) => ({ title: '师傅到楼下了', status: '已到达', toHousehold: `${master(repair.assignee)}已经到了，请留意门铃和电话` }),
  start: (repair, _, place) => ({
    title: '维修已开始', status: '维修中', toHousehold: `${master(repair.assignee)}已开始维修`, toFollowers: `${place}已开始维修`,
  }),
  record: (repair) => ({ title: '维修有新照片', status: '维修中', toHousehold: `${master(repair.assignee)}上传了现场照片` }),
  quote: (repair) => ({ title: '请确认维修报价', status: '待确认报价', toHousehold: `维修报价 ${yuan(repair.quotation!.totalFen)}，请确认后师傅再动工` }),
  accept: (_, __, place) => ({ title: '报价已同意', status: '已同意', toAssignee: `${place}的住户同意了报价，可以动工` }),
  decline: (_, event, place) => ({ title: '报价未同意', status: '未同意', toAssignee: `${place}的住户没有同意报价${event.note && `：${event.note}`}` }),
  hold: (repair, event, place) => ({
    title: '报修已挂起', status: '挂起', toHousehold: `维修暂停到${shortDay(repair.heldUntil!)}：${event.note}${event.rescheduled ? '；原约的上门时间取消，继续时再约' : ''}`,
    toFollowers: `${place}的维修暂停到${shortDay(repair.heldUntil!)}`, toDesk: `${place}的报修挂起到${shortDay(repair.heldUntil!)}：${event.note}`,
  }),
  reschedule: (repair, event, place) => {
    const isResident = event.by.role === 'resident'
    const isSettled = event.rescheduled === undefined
    const words = isSettled ? `上门时间已确认：${movedTo(repair, event)}` : `上门时间${event.rescheduled!.from ? '改' : '约'}到 ${movedTo(repair, event)}`
    return {
      title: isSettled ? '上门时间已确认' : '上门时间已改', status: '改约', toHousehold: isResident ? null : `${words}，不方便可以再改`,
      toAssignee: isResident && repair.visit === null ? `${place}的住户希望${words}，请与住户确认` : `${place}的${words}`,
      toDesk: isResident && repair.assignee === null ? `${place}的住户把${words}` : null,
    }
  },
  resume: (_, __, place) => ({ title: '报修继续处理', status: '处理中', toHousehold: '您的报修继续处理了', toFollowers: `${place}的维修继续了` }),
  wake: (_, __, place) => ({
    title: '挂起到期，请继续', status: '处理中', toHousehold: '您的报修到了约定的日期，继续处理', toFollowers: `${place}的维修继续了`,
    toAssignee: `${place}的报修挂起到期，请继续处理`,
  }),
  complete: (repair, event, place) => ({
    title: '维修已完成', status: '已完成', toHousehold: `${master(repair.assignee)}已完工：${event.note}${chargedOf(repair) ? `。费用 ${yuan(repair.charges!.totalFen)}，请在报修单里缴费` : ''}`, toFollowers: `${place}已经修好了`,
  }),
  confirm: (_, __, place) => ({ title: '住户已确认', status: '已完成', toAssignee: `${place}的住户确认修好了` }),
  close: () => ({ title: '报修已自动完成', status: '已完成', toHousehold: '7 天没有收到您的反馈，报修单已自动完成' }),
  rate: (repair, _, place) => ({ title: '收到住户评价', status: '已评价', toAssignee: `${place}的住户评价了 ${repair.rating!.stars} 星` }),
  reopen: (_, event, place) => ({
    title: '住户要求返修', status: '返修', toAssignee: `${place}还没有修好：${event.note}`, toDesk: `${place}要求返修：${event.note}`, toGroup: `住户要求返修：${place}`,
  }),
  urge: (_, __, place) => ({ title: '住户催单', status: '催单', toAssignee: `${place}的住户在催，请尽快处理`, toDesk: `${place}的住户催单了`, toGroup: `住户催单：${place}` }),
  prioritize: (repair, event, place) => ({
    title: '紧急程度已修改', status: repair.urgency === 'urgent' ? '紧急' : '普通',
    toHousehold: event.by.role === 'resident' ? null : `您的报修已${event.note}`, toAssignee: `${place}的报修已${event.note}`,
    toDesk: event.by.role === 'resident' ? `${place}的报修已${event.note}` : null,
    toGroup: repair.urgency === 'urgent' ? `报修改为紧急：${place}` : null,
  }),
  summarize: () => ({ title: '语音已整理', status: '待受理', toHousehold: '客服已把您的语音整理成文字，请核对' }),
  merge: () => ({ title: '报修已合并', status: '已合并', toHousehold: '有邻居报过同样的问题，您的报修已合并，进度一样会告诉您' }),
  cancel: (repair, event, place) => ({
    title: '报修已取消', status: '已取消', toHousehold: event.by.role === 'resident' ? null : `物业已取消这张报修单：${event.note || '未写原因'}`,
    toFollowers: `${place}的报修已取消`, toAssignee: (repair.assignee || repair.visit) && `${place}的报修已取消，不用上门了`,
  }),
  escalate: (repair, event, place) => ({
    title: '报修需要督办', status: '需要督办', toAssignee: repair.assignee && `${place}的报修${event.note}，请尽快处理`,
    toDesk: `${place}的报修${event.note}`, toGroup: `请督办：${place}的报修${event.note}`,
  }),
}

type Telling = { notices: Notice[]; toGroup: string | null }

const isHeardByTechnicians = (step: Happening): boolean => step === 'submit' || step === 'return'

/** Who has the order, or agreed to come for it. */
const comerOf = ({ assignee, visit }: RepairOrder): string | null => assignee?.memberId ?? visit?.technicianId ?? null

/** Who must hear of the order's latest event, and in which words. `before`: the order as it was, where somebody may have lost it to another. */
export const tellingOf = (repair: RepairOrder, before: RepairOrder | null = null): Telling => {
  const event = repair.timeline.at(-1)!
  const place = placeLabelOf(repair)
  const said = words[event.step](repair, event, place)
  const inside = { place, summary: firstWords(repair) }
  // Neighbours read what has passed the content check, and of a home only the building.
  const outside = { place: openPlaceOf(repair), summary: repair.textCheck === 'passed' ? firstWords(repair) : '邻居的报修' }
  const toFollowers = words[event.step](repair, event, outside.place).toFollowers
  const notice = (kind: Notice['kind'], audience: NoticeAudience | null, body: string | null | undefined, about = inside): Notice[] => !body || audience === null ? [] : [{
    kind, audience, body, title: said.title, at: event.at.toISOString(), communityId: repair.communityId, page: detailPage(repair._id),
    values: { ...about, status: said.status, time: shanghaiTime(event.at), note: body },
  }]
  const { communityId, building, houseId } = repair
  const technicianId = comerOf(repair)
  const toldHimself = technicianId !== event.by.memberId && said.toAssignee ? technicianId : null
  const formerId = before && comerOf(before)
  const relieved = formerId !== technicianId && formerId !== event.by.memberId ? formerId : null
  const roles = isHeardByTechnicians(event.step) ? ([...overseers, 'technician'] as const) : overseers
  return {
    notices: [
      ...notice('repair_progress', houseId === null ? null : { to: 'house', houseId }, said.toHousehold),
      ...notice('repair_progress', { to: 'followers', subjectId: repair._id }, toFollowers, outside),
      ...notice('repair_progress', toldHimself === null ? null : { to: 'member', memberId: toldHimself }, said.toAssignee),
      ...notice('repair_progress', relieved === null ? null : { to: 'member', memberId: relieved }, `${place}的报修${technicianId === null ? '要重新安排' : '已改由别的师傅处理'}，您不用去了`),
      ...notice('repair_submitted', { to: 'staff', communityId, roles: [...roles], building, ...(toldHimself !== null && { except: toldHimself }) }, said.toDesk),
    ],
    toGroup: said.toGroup ?? null,
  }
}

/** Those who work on an order hear that four fifths of its time have passed. */
export const warningOf = (repair: RepairOrder, now: Date): Notice[] => {
  const place = placeLabelOf(repair)
  const body = `${place}的报修要在 ${shanghaiTime(repair.sla!.dueAt!).replace(/^\d+年/, '')} 前完成`
  const { communityId, building, assignee } = repair
  const base = {
    kind: 'repair_submitted' as const, communityId, title: '报修快要超时', body, at: now.toISOString(), page: detailPage(repair._id),
    values: { place, summary: firstWords(repair), status: '快要超时', time: shanghaiTime(now), note: body },
  }
  const audiences: NoticeAudience[] = [
    ...(assignee ? [{ to: 'member' as const, memberId: assignee.memberId }] : []), { to: 'staff', communityId, roles: [...overseers], building },
  ]
  return audiences.map((audience) => ({ ...base, audience }))
}

/** Both sides are told before a visit begins. */
export const reminderNotices = (repair: RepairOrder, now: Date): Notice[] => {
  const { communityId, houseId, visit, slot } = repair
  if (!visit || !slot) return []
  const place = placeLabelOf(repair)
  const notice = (audience: NoticeAudience, body: string): Notice => ({
    kind: 'repair_progress', communityId, audience, title: '上门提醒', body, at: now.toISOString(), page: detailPage(repair._id),
    values: { place, summary: firstWords(repair), status: '即将上门', time: shanghaiTime(beginOf(slot)), note: body },
  })
  return [
    ...(houseId === null ? [] : [notice({ to: 'house', houseId }, `${master({ memberId: visit.technicianId, name: visit.technicianName })} ${inWords(slot)} 上门维修，请留人在家；不方便请改约`)]),
    notice({ to: 'member', memberId: visit.technicianId }, `${inWords(slot)} 到${place}上门：${firstWords(repair)}`),
  ]
}

/** The other side hears that somebody wrote. */
export const messageNotice = (repair: RepairOrder, { side, by }: Pick<RepairMessage, 'side' | 'by'>, now: Date): Notice[] => {
  const audience: NoticeAudience | null = side === 'household'
    ? repair.assignee ? { to: 'member', memberId: repair.assignee.memberId } : { to: 'staff', communityId: repair.communityId, roles: [...overseers], building: repair.building }
    : repair.houseId === null ? null : { to: 'house', houseId: repair.houseId }
  if (audience === null) return []
  const place = placeLabelOf(repair)
  const body = side === 'household' ? `${place}的住户给您留言了` : `${called(by)}给您留言了`
  return [{
    kind: 'repair_progress', communityId: repair.communityId, audience, title: '报修有新留言', body, at: now.toISOString(),
    page: detailPage(repair._id),
    values: { place, summary: firstWords(repair), status: '新留言', time: shanghaiTime(now), note: body },
  }]
}
