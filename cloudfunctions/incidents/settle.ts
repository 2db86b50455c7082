import type { Judges } from '../_shared/content-settling'
import { settleWords, whereOf, wordsOf } from './incident'
import { incidents } from './repository'

export const incidentSubject = 'incident'

export const incidentJudges: Judges = {
  async [incidentSubject](transaction, id) {
    const incident = await transaction.get(incidents, id)
    if (!incident) return null
    const { communityId, buildings, textCheck, writtenBy } = incident
    return {
      words: wordsOf(incident), communityId, building: buildings?.length === 1 ? buildings[0]! : null, place: whereOf(incident), part: 'incident', byRole: writtenBy.role,
      authorId: writtenBy.memberId, check: textCheck, settle: (check) => transaction.replace(incidents, settleWords(incident, check)),
    }
  },
}
