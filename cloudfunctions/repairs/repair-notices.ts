import { shanghaiTime } from '../_shared/clock'
import type { Notice, NoticeAudience } from '../_shared/notice'
import type { RepairEvent, RepairOrder } from './repair'

const detailPage = (repair: RepairOrder) => `features/repairs/pages/repair-detail/repair-detail?repairId=${repair._id}`

type Words = { title: string; status: string; toHousehold: string | null; toAssignee: string | null; toDesk: string | null }

/** One sentence for each who is to be told; null for those who did it themselves or need not know. */
const wordsFor = (repair: RepairOrder, event: RepairEvent): Words => {
  const who = event.by.name
  const assignee = repair.assignee?.name ?? ''
  switch (event.step) {
    case 'submit':
      return {
        title: repair.urgency === 'urgent' ? '紧急报修待处理' : '新的报修待处理', status: '待受理',
        toHousehold: null, toAssignee: null, toDesk: `${repair.houseLabel}：${repair.description}`,
      }
    case 'assign':
      return {
        title: '报修已派单', status: '已派单', toHousehold: `您的报修已派给${assignee}，会尽快与您联系`,
        toAssignee: `${who}把${repair.houseLabel}的报修派给了您`, toDesk: null,
      }
    case 'claim':
      return { title: '师傅已接单', status: '已接单', toHousehold: `${assignee}已接单，会尽快与您联系`, toAssignee: null, toDesk: null }
    case 'start':
      return { title: '维修已开始', status: '维修中', toHousehold: `${assignee}已开始维修`, toAssignee: null, toDesk: null }
    case 'complete':
      return { title: '维修已完成', status: '已完成', toHousehold: `${assignee}已完工：${event.note}`, toAssignee: null, toDesk: null }
    case 'cancel':
      return {
        title: '报修已取消', status: '已取消', toHousehold: event.by.role === 'resident' ? null : `物业已取消这张报修单：${event.note || '未写原因'}`,
        toAssignee: repair.assignee && `${repair.houseLabel}的报修已取消，不用上门了`, toDesk: null,
      }
  }
}

/** Who must hear of the order's latest event, and in which words. */
export const noticesOf = (repair: RepairOrder): Notice[] => {
  const event = repair.timeline.at(-1)!
  const words = wordsFor(repair, event)
  const notice = (kind: Notice['kind'], audience: NoticeAudience, body: string | null): Notice[] => body === null ? [] : [{
    kind, audience, body, title: words.title, at: event.at.toISOString(), communityId: repair.communityId, page: detailPage(repair),
    values: { place: repair.houseLabel, summary: repair.description, status: words.status, time: shanghaiTime(event.at), note: body },
  }]
  const { communityId } = repair
  return [
    ...notice('repair_progress', { to: 'house', houseId: repair.houseId }, words.toHousehold),
    ...notice('repair_progress', { to: 'member', memberId: repair.assignee?.memberId ?? '' }, words.toAssignee),
    ...notice('repair_submitted', { to: 'staff', communityId, roles: ['manager', 'clerk', 'technician'], building: null }, words.toDesk),
  ]
}
