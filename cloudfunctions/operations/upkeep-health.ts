import { after, hours } from '../_shared/clock'
import type { FindingRow } from '../_shared/findings'
import type { Job } from '../_shared/jobs'
import { stuckAfterAttempts, stuckAfterMs } from '../_shared/stuck'
import type { Progress } from '../_shared/upkeep'
import type { KeyState } from '../_shared/vault'
import type { Problem, Status } from './contract'

/** A job of upkeep with its progress. */
export type Upkeep = { job: Pick<Job, 'kind' | 'dueAt' | 'attempts'>; progress: Progress }

/** It moves every minute until it is done. */
const isStuck = ({ job, progress: { movedAt } }: Upkeep, now: Date): boolean =>
  job.attempts >= stuckAfterAttempts || (movedAt ?? job.dueAt) < after(now, -stuckAfterMs)

const upkeepWords: Record<string, string> = { rewrite: '整理旧数据', rotation: '更换密钥' }
const upkeepWord = ({ kind }: Pick<Job, 'kind'>): string => upkeepWords[kind] ?? kind

export const upkeepShown = (all: Upkeep[], now: Date): Status['upkeep'] =>
  all.map((upkeep) => {
    const { pass, seen, total, changed, failed, movedAt } = upkeep.progress
    // What is written meanwhile was not counted when the pass began.
    const most = Math.max(total, seen)
    return {
      kind: upkeep.job.kind as Status['upkeep'][number]['kind'], word: upkeepWord(upkeep.job), pass, seen, total: most, changed, failed: failed.length,
      movedAt: movedAt?.toISOString() ?? null, isStuck: isStuck(upkeep, now),
    }
  })

export const upkeepProblem = (all: Upkeep[], now: Date): Problem[] => {
  const stuck = all.filter((one) => isStuck(one, now))
  if (stuck.length === 0) return []
  return [{
    kind: 'upkeep_stuck',
    title: `「${stuck.map(({ job }) => upkeepWord(job)).join('」「')}」停了一个多小时没有进展`,
    advice: '数据没有丢，小程序照常能用。请技术人员看云函数 tick 的日志；原因去掉后会从停下的地方接着做',
  }]
}

export const unopenedProblem = (keys: KeyState[]): Problem[] => {
  const left = keys.flatMap(({ unopened = [] }) => unopened)
  if (left.length === 0) return []
  const older = keys.filter(({ keyId, retiredAt, unopened }) => keyId.startsWith('data-') && !retiredAt && !unopened?.length).map(({ keyId }) => keyId)
  return [{
    kind: 'keys_unopened',
    title: `${left.length} 份资料没能换成新密钥`,
    advice: `${older.length > 0 ? `旧密钥 ${older.join('、')} 还要留着。` : ''}涉及 ${left.slice(0, 3).join('、')}${left.length > 3 ? ' 等' : ''}，请技术人员在 tick 的日志里查 not_resealed`,
  }]
}

/** A check runs every night. */
const checkOldAfterMs = hours(50)

const checkWords: Record<string, string> = { members_check: '住户与房屋核对', visit_seats_check: '预约上门核对', payments_check: '账单与收退款核对' }
/** What somebody may feel of what the checks find. */
const harms = (found: FindingRow[]): string => [
  ...(found.some(({ check }) => check !== 'payments_check') ? ['住户可能因此看不到房屋或进不了门'] : []),
  ...(found.some(({ check }) => check === 'payments_check') ? ['有账单的收款或退款可能对不上，请财务先核对'] : []),
].join('；')
const wordOf = ({ check }: FindingRow): string => checkWords[check] ?? check

export const findingProblem = (runs: FindingRow[], now: Date): Problem[] => {
  const found = runs.filter(({ findingCount }) => findingCount > 0)
  const old = runs.filter(({ at }) => at < after(now, -checkOldAfterMs))
  if (found.length + old.length === 0) return []
  const counts = found.map((run) => `「${wordOf(run)}」发现 ${run.findingCount} 处对不上`)
  return [{
    kind: 'findings',
    title: [...counts, ...old.map((run) => `「${wordOf(run)}」两天没有做完`)].join('，'),
    advice: found.length > 0 ? `${harms(found)}。请把下面的明细交给技术人员` : '请在云开发控制台看云函数 nightly 和 tick 的日志',
  }]
}

/** `rows`: what the last runs found, and their summaries. */
export const checksShown = (runs: FindingRow[], rows: FindingRow[]): Status['checks'] =>
  runs.map((run) => {
    const { check, at, seenCount, findingCount } = run
    const counts = new Map<string, number>()
    for (const row of rows) if (row.check === check && row.problem !== null) counts.set(row.problem, (counts.get(row.problem) ?? 0) + 1)
    const findings = [...counts].map(([problem, count]) => ({ problem, count })).sort((a, b) => b.count - a.count)
    return { check, word: wordOf(run), at: at.toISOString(), seenCount, findingCount, findings }
  })
