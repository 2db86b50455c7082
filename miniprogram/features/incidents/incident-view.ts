import type { IncidentKind, OpenIncident } from '../../../cloudfunctions/incidents/contract'
import { sayDay, sayTime } from '../../support/dates'
import { incidentWord } from '../../support/incident-words'

const where = (buildings: string[] | null): string => (buildings ? buildings.map((building) => `${building}号楼`).join('、') : '全小区')

/** An incident as people read it: what, where, until when, and the latest words. */
export const viewIncident = (incident: OpenIncident, now: number) => ({
  incidentId: incident.incidentId,
  title: incident.title,
  ...incidentWord(incident.kind),
  where: where(incident.buildings),
  until: incident.endedAt
    ? `${sayTime(incident.endedAt, now)}已恢复`
    : incident.expectedEndAt ? `预计 ${sayDay(incident.expectedEndAt, now)} 恢复` : '恢复时间待定',
  isEnded: incident.endedAt !== null,
  startsAt: incident.startsAt,
  updatedAt: incident.updatedAt,
  note: incident.note,
  held: incident.heldAs ? `文字还没通过审核，住户先看到「${incident.heldAs}」` : '',
  followers: incident.followerCount > 0 ? `已有 ${incident.followerCount} 人上报` : '',
  isFollowing: incident.isFollowing,
  expectedEndAt: incident.expectedEndAt,
})
export type IncidentView = ReturnType<typeof viewIncident>

export const kindChips: { key: IncidentKind; word: string }[] = (['water', 'power', 'gas', 'heating', 'elevator', 'other'] as const).map((kind) => ({
  key: kind, word: incidentWord(kind).word,
}))

const hour = 3_600_000
/** When it may be over, from now: chips instead of a calendar, since nobody knows to the minute. */
export const endChips = [
  { key: '', word: '不知道' }, { key: '1', word: '1 小时内' }, { key: '2', word: '2 小时内' }, { key: '4', word: '4 小时内' },
  { key: '8', word: '8 小时内' }, { key: '24', word: '明天这时' }, { key: '48', word: '后天这时' },
]
export const endAfter = (key: string, now: number): string | null => (key ? new Date(now + Number(key) * hour).toISOString() : null)
