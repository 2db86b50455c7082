import { after, minutes, shanghaiDay, shanghaiHour, shanghaiTime } from '../_shared/clock'
import type { Plan } from '../_shared/configuration'
import type { FindingRow } from '../_shared/findings'
import type { Job } from '../_shared/jobs'
import { stuckAfterAttempts, stuckAfterMs } from '../_shared/stuck'
import { upkeepKinds } from '../_shared/upkeep-job'
import type { TimerRow } from '../_shared/timers'
import type { KeyState } from '../_shared/vault'
import type { FailureRow, UsageRow } from '../_shared/watching'
import { overdueChecks, type CheckRow } from './checklist'
import type { Problem, Status } from './contract'
import { findingProblem, unopenedProblem, upkeepProblem, type Upkeep } from './upkeep-health'

const hours = (count: number): number => minutes(count * 60)

/** How long a timer may say nothing. `tick` writes down every tenth minute that it lives. */
const timerSilentAfterMs: Record<string, number> = { tick: minutes(15), nightly: hours(26) }
const timerWords: Record<string, string> = { tick: '每分钟巡检', nightly: '每晚整理', backup: '每晚备份' }
const timerLoss: Record<string, string> = { tick: '通知、照片检查会晚到', nightly: '到期的资料没有清理，数据没有核对' }
const backupOldAfterMs = hours(26)
/** In this hour and the one before. */
const failuresBeforeAlarm = 3
/** Of what the plan allows, projected to the month's end. */
const quotaAlarmShare = 0.8
const mbMsPerGbSecond = 1_024_000

/** What a function has counted of itself this month. */
export type MonthUse = Pick<UsageRow, 'calls' | 'reads' | 'writes' | 'others' | 'mbMs'>

export type Health = {
  failures: FailureRow[]
  timers: TimerRow[]
  /** Those that have failed too often or wait too long. */
  stuck: Job[]
  keys: KeyState[]
  /** The last that is whole. */
  backup: { day: string; finishedAt: Date; documents: number; bytes: number } | null
  month: MonthUse
  plan: Plan | null
  checks: CheckRow[]
  upkeep: Upkeep[]
  /** Of each nightly check, its last whole run. */
  runs: FindingRow[]
  /** Payments whose money does not fit what was ordered. */
  suspectCount: number
}

const since = (instant: Date, now: Date): string => {
  const past = Math.max(0, Math.round((now.getTime() - instant.getTime()) / 60_000))
  return past < 120 ? `${past} 分钟` : past < 48 * 60 ? `${Math.round(past / 60)} 小时` : `${Math.round(past / 60 / 24)} 天`
}

/** From when on rows of the last so many hours count: rows are an hour long, so the oldest is a part of one. */
export const hourBefore = (now: Date, count: number): string => shanghaiHour(after(now, -hours(count)))

export const monthOf = (now: Date): string => shanghaiDay(now).slice(0, 7)

const dayMs = hours(24)
const beginOf = (month: string): number => Date.parse(`${month}-01T00:00:00+08:00`)
const daysOf = (month: string): number => new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).getUTCDate()

/** What will have been used by the month's end at the pace so far; null while the first day is not over. */
export const project = (used: number, now: Date): number | null => {
  const month = monthOf(now)
  const days = (now.getTime() - beginOf(month)) / dayMs
  if (days < 1) return null
  const projected = (used / days) * daysOf(month)
  // Rounded to a whole number, a little would look like nothing.
  return projected < 10 ? Math.round(projected * 10) / 10 : Math.round(projected)
}

/** Calls are all that the plan counts as one: of functions, and theirs of the database, storage and WeChat. */
export const quotasOf = ({ month, plan }: Pick<Health, 'month' | 'plan'>, now: Date): Status['quotas'] => {
  const used = {
    calls: month.calls + month.reads + month.writes + month.others,
    gbSeconds: Math.round((month.mbMs / mbMsPerGbSecond) * 10) / 10,
    reads: month.reads,
    writes: month.writes,
  }
  return (['calls', 'gbSeconds', 'reads', 'writes'] as const).map((kind) =>
    ({ kind, used: used[kind], projected: project(used[kind], now), limit: plan?.[kind] ?? null }))
}

export const isSilent = (row: TimerRow, now: Date): boolean => {
  const limit = timerSilentAfterMs[row._id]
  return limit !== undefined && (row.lastSucceededAt === null || row.lastSucceededAt < after(now, -limit))
}

export const isStuck = ({ attempts, dueAt }: Job, now: Date): boolean => attempts >= stuckAfterAttempts || dueAt < after(now, -stuckAfterMs)

const timerProblems = (timers: TimerRow[], now: Date): Problem[] =>
  timers.filter((row) => isSilent(row, now)).map((row) => ({
    kind: 'timer_silent',
    title: `「${timerWords[row._id] ?? row._id}」已经 ${since(row.lastSucceededAt ?? row.firstSeenAt, now)}没有成功运行`,
    advice: `${timerLoss[row._id] ?? ''}。请在云开发控制台看云函数 ${row._id} 的定时触发器是否开着、日志里报什么错`,
  }))

const backupProblem = ({ backup, timers }: Health, now: Date): Problem[] => {
  // A company that has just begun has had no night yet.
  const begun = timers.reduce<Date>((first, { firstSeenAt }) => (firstSeenAt < first ? firstSeenAt : first), now)
  if ((backup?.finishedAt ?? begun) >= after(now, -backupOldAfterMs)) return []
  return [{
    kind: 'backup_old',
    title: backup ? `最近一次备份是 ${since(backup.finishedAt, now)}前` : '还没有成功备份过',
    advice: '每晚应有一次备份。请在云开发控制台看云函数 backup 的定时触发器和日志',
  }]
}

const failureProblem = (failures: FailureRow[], now: Date): Problem[] => {
  const lately = failures.filter(({ code, hour }) => code === 'INTERNAL' && hour >= hourBefore(now, 1))
  const count = lately.reduce((sum, row) => sum + row.count, 0)
  if (count < failuresBeforeAlarm) return []
  const most = [...lately].sort((a, b) => b.count - a.count)[0]!
  return [{
    kind: 'internal_failures',
    title: `最近一两个小时系统出错 ${count} 次`,
    advice: `最多的是 ${most.function}.${most.action}。把请求编号 ${most.lastRequestId} 交给技术人员，在云函数日志里能查到原因`,
  }]
}

const stuckProblem = (stuck: Job[], now: Date): Problem[] => {
  // Upkeep says for itself how far it has come.
  const worst = stuck.filter((job) => isStuck(job, now) && !upkeepKinds.some((kind) => kind === job.kind))
  if (worst.length === 0) return []
  const oldest = worst.reduce((a, b) => (a.dueAt < b.dueAt ? a : b))
  return [{
    kind: 'jobs_stuck',
    title: `${worst.length} 件后台任务卡住了`,
    advice: `种类：${[...new Set(worst.map(({ kind }) => kind))].slice(0, 4).join('、')}，最多试过 ${Math.max(...worst.map(({ attempts }) => attempts))} 次，最早应在 ${shanghaiTime(oldest.dueAt)} 完成。它们会继续重试，请技术人员看 tick 的日志`,
  }]
}

const keyWords: Record<KeyState['state'], string> = {
  ok: '', mismatch: '和数据对不上', missing: '没有配置', unrecorded: '没有登记过',
}

const keyProblem = (keys: KeyState[]): Problem[] => {
  const wrong = keys.filter(({ state }) => state !== 'ok')
  if (wrong.length === 0) return []
  return [{
    kind: 'keys_wrong',
    title: `保护个人信息的密钥${keyWords[wrong[0]!.state]}`,
    advice: '看电话、绑定房屋会暂停，数据没有丢。请用上线时打印的恢复密钥改回环境变量，不要重新生成',
  }]
}

const quotaWords: Record<Status['quotas'][number]['kind'], string> = { calls: '调用次数', gbSeconds: '云函数资源', reads: '数据库读', writes: '数据库写' }

const quotaProblem = (quotas: Status['quotas']): Problem[] => {
  const short = quotas.filter(({ projected, limit }) => limit !== null && projected !== null && projected > limit * quotaAlarmShare)
  if (short.length === 0) return []
  const percent = (q: Status['quotas'][number]) => Math.round((q.projected! / q.limit!) * 100)
  return [{
    kind: 'quota_short',
    title: `照现在的用量，本月${short.map((q) => `${quotaWords[q.kind]}会用到套餐的 ${percent(q)}%`).join('，')}`,
    advice: '用完后小程序会打不开。请在云开发控制台看实际用量，必要时升级套餐',
  }]
}

const suspectProblem = (count: number): Problem[] =>
  count === 0 ? [] : [{
    kind: 'payments_suspect',
    title: `${count} 笔微信缴费的金额、商户或付款人对不上，没有入账`,
    advice: '请财务在微信商户平台按单号核对、退回，再由管理员在收款台标记已核对；在这之前住户不能再付那张账单',
  }]

/** All that is wrong, what stops people first. */
export const problemsOf = (health: Health, now: Date): Problem[] => [
  ...keyProblem(health.keys),
  ...unopenedProblem(health.keys),
  ...suspectProblem(health.suspectCount),
  ...failureProblem(health.failures, now),
  ...timerProblems(health.timers, now),
  ...stuckProblem(health.stuck, now),
  ...upkeepProblem(health.upkeep, now),
  ...findingProblem(health.runs, now),
  ...backupProblem(health, now),
  ...quotaProblem(quotasOf(health, now)),
  ...overdueChecks(health.checks, now),
]
