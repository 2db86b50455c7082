import { limits, type HouseImport as Shown, type ImportCard } from './contract'
import { nextStepsOf, type HouseImport } from './house-import'

export const cardOf = ({ _id, status, byName, checkedAt, rowCount, refusedRowCount }: HouseImport): ImportCard =>
  ({ importId: _id, status, byName, checkedAt: checkedAt.toISOString(), rowCount, refusedRowCount })

/** Until it runs, what would come about; from then on, what has. */
export const shownOf = (houseImport: HouseImport): Shown => {
  const { status, planned, done, newBuildings, errorCount, warningCount, problems, doneBatchCount, batchCount, finishedAt } = houseImport
  const { houses, people } = status === 'checked' || status === 'discarded' ? planned : done
  return {
    ...cardOf(houseImport), finishedAt: finishedAt?.toISOString() ?? null, houses, people, newBuildings, errorCount, warningCount,
    problems: problems.slice(0, limits.shownProblemCount), progress: { done: doneBatchCount, total: batchCount }, nextSteps: nextStepsOf(houseImport),
  }
}
