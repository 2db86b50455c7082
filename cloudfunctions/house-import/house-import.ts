import { createHash } from 'node:crypto'
import type { Sealed } from '../_shared/crypto'
import type { Stored } from '../_shared/db'
import { conflict } from '../_shared/errors'
import { limits, type ImportProblem, type ImportStatus, type ImportStep } from './contract'
import type { Counts, NeededBuilding } from './plan'

export type HouseImport = Stored & {
  communityId: string
  memberId: string
  byName: string
  status: ImportStatus
  checkedAt: Date
  finishedAt: Date | null
  rowCount: number
  refusedRowCount: number
  /** What the dry run found would come about; `done`: what has. */
  planned: Counts
  done: Counts
  newBuildings: string[]
  buildings: NeededBuilding[]
  areBuildingsMade: boolean
  errorCount: number
  warningCount: number
  /** The first of them. */
  problems: ImportProblem[]
  batchCount: number
  doneBatchCount: number
  /** Until when somebody is at work on it: two at once would be safe and twice as slow. */
  leaseUntil: Date
  orderKey: string
}

/** Rows of an import that are still to be written; sealed, for they hold people's numbers, and gone when it is done or a day old. */
export type Batch = Stored & {
  importId: string
  rows: Sealed
  /** What it changes, decided before the first write: a batch that died half-way and is written to its end still counts as what it was. */
  counts: Counts | null
}

/** The same intention always makes the same id. */
export const importIdFor = (openid: string, requestId: string): string =>
  createHash('sha256').update(`${openid}/${requestId}`).digest('hex').slice(0, 32)
export const batchIdFor = (importId: string, number: number): string => `${importId}_${number}`

const errorCountOf = (problems: ImportProblem[]): number => problems.filter(({ level }) => level === 'error').length
const inOrder = (problems: ImportProblem[]): ImportProblem[] =>
  [...problems].sort((a, b) => Number(/\d+/.exec(a.cell)) - Number(/\d+/.exec(b.cell)) || (a.cell < b.cell ? -1 : 1))

export const problemsOf = (problems: ImportProblem[]): Pick<HouseImport, 'errorCount' | 'warningCount' | 'problems'> => {
  const errorCount = errorCountOf(problems)
  return { errorCount, warningCount: problems.length - errorCount, problems: inOrder(problems).slice(0, limits.problemCount) }
}

/** The problems with those a batch met that the dry run could not: somebody changed the register in between. */
export const withProblems = (houseImport: HouseImport, met: ImportProblem[]): Pick<HouseImport, 'errorCount' | 'warningCount' | 'problems'> => ({
  errorCount: houseImport.errorCount + errorCountOf(met),
  warningCount: houseImport.warningCount + met.length - errorCountOf(met),
  problems: [...houseImport.problems, ...met].slice(0, limits.problemCount),
})

const stepsOf: Record<ImportStatus, ImportStep[]> = { checked: ['start', 'discard'], running: ['advance'], done: [], discarded: [] }

export const nextStepsOf = ({ status, problems }: Pick<HouseImport, 'status' | 'problems'>): ImportStep[] =>
  [...stepsOf[status], ...(problems.length > 0 ? ['report' as const] : [])]

/** Throws CONFLICT unless the import may start now. */
export const requireStartable = ({ status, errorCount, batchCount }: HouseImport, skipsErrors: boolean): void => {
  if (status === 'discarded') throw conflict('IMPORT_DISCARDED', '这次导入已经作废，请重新上传表格')
  if (errorCount > 0 && !skipsErrors) throw conflict('IMPORT_HAS_ERRORS', `表格里有 ${errorCount} 处错误，请改好后重新上传，或选择跳过有错误的行`)
  if (batchCount === 0) throw conflict('IMPORT_EMPTY', '表格里没有可以导入的行')
}
