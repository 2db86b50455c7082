import type { Revisit } from '../../../cloudfunctions/repair-desk/contract'
import { sayTime } from '../../support/dates'
import type { Tag } from '../../support/repair-words'

const reasonTags: Record<Revisit['reason'], Tag> = {
  urgent: { word: '紧急单', tone: 'urgent', icon: 'alarm' },
  low_rating: { word: '三星及以下', tone: 'waiting', icon: 'star' },
  sample: { word: '抽查', tone: 'quiet', icon: 'assignment' },
}

export const viewRevisit = (revisit: Revisit, now: number) => ({
  revisitId: revisit.revisitId,
  repairId: revisit.repairId,
  title: revisit.summary,
  meta: [revisit.placeLabel, `${revisit.technicianName}修的`, sayTime(revisit.createdAt, now)],
  reason: reasonTags[revisit.reason],
  result: revisit.result && {
    ...revisit.result,
    tag: (revisit.result.isSatisfied ? { word: '满意', tone: 'done', icon: 'check-circle' } : { word: '不满意', tone: 'urgent', icon: 'error-circle' }) as Tag,
    by: `${revisit.result.byName} ${sayTime(revisit.result.at, now)}`,
  },
})
export type RevisitView = ReturnType<typeof viewRevisit>
