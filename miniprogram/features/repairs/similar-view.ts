import type { Similar } from '../../services/repairs'
import { sayDay, sayTime } from '../../support/dates'
import { statusTag } from '../../support/repair-words'

export type SimilarView = { key: string; kind: 'incident' | 'report'; title: string; said: string; isFollowing: boolean }

const people = (count: number): string => (count > 0 ? `已有 ${count} 人上报` : '物业已经知道')

/** What is known already, as the person who is typing should see it. */
export const viewSimilar = ({ incidents, reports }: Similar, now: number): SimilarView[] => [
  ...incidents.map((incident) => ({
    key: incident.incidentId,
    kind: 'incident' as const,
    title: incident.title,
    said: [people(incident.followerCount), incident.expectedEndAt ? `预计 ${sayDay(incident.expectedEndAt, now)} 恢复` : ''].filter(Boolean).join('，'),
    isFollowing: incident.isFollowing,
  })),
  ...reports.map((report) => ({
    key: report.repairId,
    kind: 'report' as const,
    title: [report.placeLabel, report.summary].filter(Boolean).join(' '),
    said: `${sayTime(report.submittedAt, now)} 有邻居报过，${statusTag(report.status).word}${report.followerCount > 0 ? `，${report.followerCount} 户也遇到` : ''}`,
    isFollowing: report.isFollowing,
  })),
]
