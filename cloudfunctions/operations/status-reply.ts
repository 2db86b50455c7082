import type { FailureRow, UsageRow } from '../_shared/watching'
import type { Job } from '../_shared/jobs'
import type { TimerRow } from '../_shared/timers'
import type { Status } from './contract'
import { hourBefore, isSilent, isStuck } from './health'

const groupBy = <T>(rows: T[], keyOf: (row: T) => string): T[][] => {
  const groups = new Map<string, T[]>()
  for (const row of rows) groups.set(keyOf(row), [...(groups.get(keyOf(row)) ?? []), row])
  return [...groups.values()]
}
const sum = <T>(rows: T[], value: (row: T) => number): number => rows.reduce((total, row) => total + value(row), 0)
const later = <T extends { lastAt: Date }>(a: T, b: T): T => (a.lastAt > b.lastAt ? a : b)

/** Our own faults first, then what happens most. */
export const failuresShown = (rows: FailureRow[], now: Date): Status['failures'] =>
  groupBy(rows, (row) => `${row.function} ${row.action} ${row.code}`)
    .map((group) => {
      const last = group.reduce(later)
      return {
        function: last.function, action: last.action, code: last.code,
        lastDay: sum(group.filter(({ hour }) => hour >= hourBefore(now, 24)), ({ count }) => count), lastWeek: sum(group, ({ count }) => count),
        lastRequestId: last.lastRequestId, lastAt: last.lastAt.toISOString(), isOurs: last.code === 'INTERNAL' || last.code === 'UNAVAILABLE',
      }
    })
    .sort((a, b) => Number(b.isOurs) - Number(a.isOurs) || b.lastDay - a.lastDay || b.lastWeek - a.lastWeek)

export const timersShown = (rows: TimerRow[], now: Date): Status['timers'] =>
  [...rows].sort((a, b) => (a._id < b._id ? -1 : 1)).map((row) => ({
    function: row._id, lastSucceededAt: row.lastSucceededAt?.toISOString() ?? null, lastFailedAt: row.lastFailedAt?.toISOString() ?? null,
    lastMs: row.lastMs, isSilent: isSilent(row, now),
  }))

export const stuckShown = (jobs: Job[], now: Date): Status['jobs']['stuck'] =>
  groupBy(jobs.filter((job) => isStuck(job, now)), ({ kind }) => kind).map((group) => ({
    kind: group[0]!.kind, count: group.length, attempts: Math.max(...group.map(({ attempts }) => attempts)),
    since: group.map(({ dueAt }) => dueAt).reduce((a, b) => (a < b ? a : b)).toISOString(),
  }))

/** `rows` newest first. */
export const useShown = (rows: Pick<UsageRow, 'function' | 'calls' | 'ms' | 'version'>[]): Status['use'] =>
  groupBy(rows, (row) => row.function)
    .map((group) => {
      const calls = sum(group, (row) => row.calls)
      return { function: group[0]!.function, calls, averageMs: calls > 0 ? Math.round(sum(group, ({ ms }) => ms) / calls) : 0, version: group[0]!.version }
    })
    .sort((a, b) => b.calls - a.calls)
