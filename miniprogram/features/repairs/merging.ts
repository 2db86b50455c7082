import type { Category } from '../../../cloudfunctions/repairs/contract'
import { listOnBoard } from '../../services/repair-desk'
import { sayTime } from '../../support/dates'

export type Candidate = { repairId: string; title: string; meta: string }

/** Open orders of the same kind that this one may be the same as; none when they cannot be had. */
export const findCandidates = async (repairId: string, category: Category): Promise<Candidate[]> => {
  const lists = await Promise.all((['waiting', 'working'] as const).map((list) => listOnBoard({ list, category }))).catch(() => [])
  return lists
    .flatMap(({ repairs }) => repairs)
    .filter((repair) => repair.repairId !== repairId)
    .map((repair) => ({
      repairId: repair.repairId,
      title: repair.description.split('\n')[0] || repair.orderNo,
      meta: `${repair.houseLabel} · ${sayTime(repair.submittedAt, Date.now())}`,
    }))
}
