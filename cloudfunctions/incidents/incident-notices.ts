import { shanghaiTime } from '../_shared/clock'
import type { Notice, NoticeAudience } from '../_shared/notice'
import { shownOf, type Incident } from './incident'

const page = 'pages/home/home'
const clock = (at: Date): string => shanghaiTime(at).replace(/^\d+年/, '')

const noticeOf = (incident: Incident, title: string, status: string, body: string, audience: NoticeAudience, at: Date): Notice => ({
  kind: 'incident', communityId: incident.communityId, audience, title, body, at: at.toISOString(), page,
  values: { place: shownOf(incident).title, summary: shownOf(incident).title, status, time: shanghaiTime(at), note: body },
})

/** Those who follow it hear the new words. */
export const updateNotices = (incident: Incident): Notice[] => {
  const { title, note } = shownOf(incident)
  const until = incident.expectedEndAt ? `，预计 ${clock(incident.expectedEndAt)} 恢复` : ''
  return [noticeOf(incident, `${title}：最新进展`, '处理中', `${note || '物业有新的进展'}${until}`, { to: 'followers', subjectId: incident._id }, incident.updatedAt)]
}

/** What a household at an affected building is told: that it begins, or that it is over. */
export const houseNotice = (incident: Incident, houseId: string): Notice => {
  const audience = { to: 'house' as const, houseId }
  const { title, note } = shownOf(incident)
  if (incident.endedAt) return noticeOf(incident, `${title}：已恢复`, '已恢复', note || '已经恢复正常，感谢您的耐心', audience, incident.endedAt)
  const until = incident.expectedEndAt ? `，预计 ${clock(incident.expectedEndAt)} 恢复` : ''
  return noticeOf(incident, title, '已发布', `${clock(incident.startsAt)} 起${until}${note && `。${note}`}`, audience, incident.updatedAt)
}
