import * as z from 'zod'
import { instant } from '../_shared/contract'

/** What may be wrong with the house itself. Each kind alarms at most once an hour. */
export const problemKind = z.enum(['timer_silent', 'internal_failures', 'jobs_stuck', 'keys_wrong', 'backup_old', 'quota_short', 'check_overdue'])

/** Chinese, for a manager: what is wrong, and what to do. */
const problem = z.object({ kind: problemKind, title: z.string(), advice: z.string() })

const failure = z.object({
  function: z.string(),
  action: z.string(),
  code: z.string(),
  lastDay: z.number().int(),
  lastWeek: z.number().int(),
  /** Finds the log line of the last one. */
  lastRequestId: z.string(),
  lastAt: instant,
  /** Our fault, or a server's; false for refusals, which are the product at work. */
  isOurs: z.boolean(),
})

const timer = z.object({
  function: z.string(),
  lastSucceededAt: instant.nullable(),
  lastFailedAt: instant.nullable(),
  lastMs: z.number().int().nullable(),
  isSilent: z.boolean(),
})

/** Of one kind of the plan's quotas, this month. `limit` null: nobody has written down what the plan allows. */
const quota = z.object({
  kind: z.enum(['calls', 'gbSeconds', 'reads', 'writes']),
  used: z.number(),
  /** At this pace, by the end of the month; null in the month's first day. */
  projected: z.number().nullable(),
  limit: z.number().nullable(),
})

export const contract = {
  /** 运行状况: whether the house itself is well, from what it counted of itself. Nothing of any person. */
  status: {
    input: z.strictObject({}),
    output: z.object({
      asOf: instant,
      /** Empty: all is well. The most urgent first. */
      problems: z.array(problem),
      failures: z.array(failure),
      timers: z.array(timer),
      jobs: z.object({
        owed: z.number().int(),
        stuck: z.array(z.object({ kind: z.string(), count: z.number().int(), attempts: z.number().int(), since: instant })),
      }),
      month: z.string(),
      quotas: z.array(quota),
      /** By function, in the last 24 hours. */
      use: z.array(z.object({ function: z.string(), calls: z.number().int(), averageMs: z.number().int(), version: z.string() })),
      keys: z.array(z.object({ keyId: z.string(), state: z.enum(['ok', 'mismatch', 'missing', 'unrecorded']) })),
      /** The last one that is whole. */
      backup: z.object({ day: z.string(), finishedAt: instant, documents: z.number().int(), bytes: z.number().int() }).nullable(),
      hasRobot: z.boolean(),
    }),
  },
}
export type OperationsContract = typeof contract
export type ProblemKind = z.output<typeof problemKind>
export type Problem = z.output<typeof problem>
export type Status = z.output<typeof contract.status.output>
