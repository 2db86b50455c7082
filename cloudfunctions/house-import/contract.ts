import * as z from 'zod'
import { cursor, fileId, id, instant, requestId } from '../_shared/contract'

export const limits = { fileBytes: 5 * 1024 * 1024, unpackedBytes: 50 * 1024 * 1024, rowCount: 20_000, problemCount: 1_000, shownProblemCount: 100, pageSize: 20 }

/** checked: the dry run is done, nothing of the register has changed · running · done · discarded: by a person, or after a day. */
export const status = z.enum(['checked', 'running', 'done', 'discarded'])
/** The page draws one button for each. `advance` is what the progress page calls while somebody watches. */
export const step = z.enum(['start', 'advance', 'discard', 'report'])

export const problem = z.object({
  /** Where in the sheet: C17 */
  cell: z.string(),
  /** What is wrong and what to do, in Chinese. */
  reason: z.string(),
  /** An 'error' keeps the row out; a 'warning' only tells. */
  level: z.enum(['error', 'warning']),
})
const count = z.number().int()
const changes = z.object({ created: count, changed: count, unchanged: count })

export const houseImport = z.object({
  importId: id,
  status,
  byName: z.string(),
  checkedAt: instant,
  finishedAt: instant.nullable(),
  /** Rows with something in them, below the heading. */
  rowCount: count,
  /** Rows that an error keeps out. */
  refusedRowCount: count,
  /** In the dry run what would come about; once running, what has. */
  houses: changes,
  people: changes,
  newBuildings: z.array(z.string()),
  errorCount: count,
  warningCount: count,
  /** The first of them; all of them are in the report. */
  problems: z.array(problem),
  progress: z.object({ done: count, total: count }),
  nextSteps: z.array(step),
})
export const importCard = houseImport.pick({ importId: true, status: true, byName: true, checkedAt: true, rowCount: true, refusedRowCount: true })

const answer = z.object({ import: houseImport })
const one = z.strictObject({ importId: id })

/** Of the community of the post worked at now. Every action answers within 20 seconds. */
export const contract = {
  /** What the page needs first: where the file goes, how large it may be, which columns it has, what is under way. */
  prepare: {
    input: z.strictObject({}),
    output: z.object({
      /** The file is uploaded under this path with the ending .xlsx; another is refused. */
      uploadPrefix: z.string(),
      limits: z.object({ fileBytes: count, rowCount: count }),
      columns: z.array(z.object({ title: z.string(), isRequired: z.boolean(), example: z.string() })),
      current: importCard.nullable(),
    }),
  },
  /** A sheet to fill in, with an example; a short-lived address. */
  template: { input: z.strictObject({}), output: z.object({ url: z.string(), fileName: z.string() }) },
  /** The dry run. The uploaded file is gone afterwards: it holds people's numbers. */
  check: { input: z.strictObject({ requestId, fileId, createsBuildings: z.boolean() }), output: answer },
  /** `skipsErrors`: whether to go on without the rows that have errors; otherwise an import with errors does not start. */
  start: { input: one.extend({ skipsErrors: z.boolean() }), output: answer },
  advance: { input: one, output: answer },
  get: { input: one, output: answer },
  discard: { input: one, output: answer },
  list: { input: z.strictObject({ cursor: cursor.optional() }), output: z.object({ imports: z.array(importCard), nextCursor: cursor.nullable() }) },
  /** Everything that is wrong with the file, as a sheet; a short-lived address. */
  report: { input: one, output: z.object({ url: z.string(), fileName: z.string() }) },
}
export type HouseImportContract = typeof contract
export type HouseImport = z.output<typeof houseImport>
export type ImportCard = z.output<typeof importCard>
export type ImportProblem = z.output<typeof problem>
export type ImportStatus = z.output<typeof status>
export type ImportStep = z.output<typeof step>
