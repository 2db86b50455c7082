import type { Plan } from '../../cloudfunctions/_shared/configuration'
import type { Job } from '../../cloudfunctions/_shared/jobs'
import type { TimerRow } from '../../cloudfunctions/_shared/timers'
import type { FindingRow } from '../../cloudfunctions/_shared/findings'
import type { FailureRow } from '../../cloudfunctions/_shared/watching'
import { hourBefore, problemsOf, project, quotasOf, type Health } from '../../cloudfunctions/operations/health'

/** The 24th of a month of 30 days, 16:00 in Shanghai. */
const now = new Date('2026-11-24T08:00:00Z')
const ago = (minutes: number) => new Date(now.getTime() - minutes * 60_000)

const timer = (_id: string, lastSucceededAt: Date | null): TimerRow =>
  ({ _id, schema: 1, firstSeenAt: ago(90 * 24 * 60), lastStartedAt: now, lastSucceededAt, lastFailedAt: null, lastMs: 12, lastRequestId: 'r' })
const failure = (more: Partial<FailureRow>): FailureRow => ({
  _id: 'x', schema: 1, function: 'repairs', action: 'create', code: 'INTERNAL', hour: '2026-11-24T16', count: 1, lastReason: null, lastRequestId: 'req-1', lastAt: now, ...more,
})
const job = (more: Partial<Job>): Job => ({ _id: 'j', schema: 1, kind: 'notices', dueAt: now, attempts: 0, payload: {}, ...more })
const backup = (minutesAgo: number): Health['backup'] => ({ day: '2026-11-23', finishedAt: ago(minutesAgo), documents: 9, bytes: 99 })
const upkeep = (minutesAgo: number | null, more: Partial<Job> = {}): Health['upkeep'][number] => ({
  job: job({ kind: 'rotation', dueAt: ago(5), ...more }),
  progress: { collection: 'roster', after: null, changed: 3, passChanged: 3, failed: [], pass: 1, seen: 40, total: 100, movedAt: minutesAgo === null ? null : ago(minutesAgo) },
})
const run = (findingCount: number, minutesAgo = 60): FindingRow =>
  ({ _id: 'members_check_x_summary', schema: 1, check: 'members_check', run: 'x', subjectId: '', problem: null, at: ago(minutesAgo), seenCount: 900, findingCount })
const month = { calls: 10_000, reads: 20_000, writes: 5_000, others: 1_000, mbMs: 1_024_000 * 500 }
const well: Health = {
  failures: [], timers: [timer('tick', ago(9)), timer('backup', ago(13 * 60))], stuck: [], backup: backup(13 * 60), keys: [{ state: 'ok', keyId: 'data-1', fingerprint: 'f' }], month, plan: null, checks: [], upkeep: [], runs: [], suspectCount: 0,
}
const plan = (more: Partial<Plan>): Plan => ({ calls: null, gbSeconds: null, reads: null, writes: null, ...more })
const titles = (more: Partial<Health>) => problemsOf({ ...well, ...more }, now).map(({ title }) => title)

describe('the house', () => {
  it('is well when everything runs', () => {
    expect(problemsOf(well, now)).toEqual([])
  })

  it.each<[string, Partial<Health>, string[]]>([
    ['tick was last heard 15 minutes ago', { timers: [timer('tick', ago(15)), timer('backup', ago(60))] }, []],
    ['tick was last heard 16 minutes ago', { timers: [timer('tick', ago(16)), timer('backup', ago(60))] }, ['「每分钟巡检」已经 16 分钟没有成功运行']],
    ['tick never succeeded', { timers: [timer('tick', null), timer('backup', ago(60))] }, ['「每分钟巡检」已经 90 天没有成功运行']],
    ['the last backup is 26 hours old', { backup: backup(26 * 60) }, []],
    ['the last backup is older', { backup: backup(27 * 60) }, ['最近一次备份是 27 小时前']],
    ['there never was a backup', { backup: null }, ['还没有成功备份过']],
    ['two bugs struck', { failures: [failure({ count: 2 })] }, []],
    ['three did, over two hours', { failures: [failure({ count: 2 }), failure({ hour: '2026-11-24T15', count: 1 })] }, ['最近一两个小时系统出错 3 次']],
    ['they struck three hours ago', { failures: [failure({ hour: '2026-11-24T13', count: 99 })] }, []],
    ['people were refused', { failures: [failure({ code: 'FORBIDDEN', count: 999 }), failure({ code: 'UNAVAILABLE', count: 9 })] }, []],
    ['a job failed nine times', { stuck: [job({ attempts: 9 })] }, []],
    ['a job failed ten times', { stuck: [job({ attempts: 10, dueAt: new Date('2026-11-24T09:00:00Z') })] }, ['1 件后台任务卡住了']],
    ['a job waits for over an hour', { stuck: [job({ dueAt: ago(61) })] }, ['1 件后台任务卡住了']],
    ['the key is another one', { keys: [{ state: 'mismatch', keyId: 'data-1', fingerprint: 'f' }] }, ['保护个人信息的密钥和数据对不上']],
    ['nightly was last heard 27 hours ago', { timers: [timer('tick', ago(1)), timer('nightly', ago(27 * 60)), timer('backup', ago(60))] }, ['「每晚整理」已经 27 小时没有成功运行']],
    ['a change of the key moved an hour ago', { upkeep: [upkeep(60)] }, []],
    ['it has not moved for longer', { upkeep: [upkeep(61)] }, ['「更换密钥」停了一个多小时没有进展']],
    ['it waits to begin', { upkeep: [upkeep(null)] }, []],
    ['it fails again and again', { upkeep: [upkeep(5, { attempts: 10 })], stuck: [job({ kind: 'rotation', attempts: 10 })] }, ['「更换密钥」停了一个多小时没有进展']],
    ['a nightly check found nothing', { runs: [run(0)] }, []],
    ['a nightly check found something', { runs: [run(3)] }, ['「住户与房屋核对」发现 3 处对不上']],
    ['a nightly check has not ended for two nights', { runs: [run(0, 51 * 60)] }, ['「住户与房屋核对」两天没有做完']],
    ['a new key could not take over everything', { keys: [{ state: 'ok', keyId: 'data-2', fingerprint: 'f', unopened: ['roster/x', 'members/y'] }, { state: 'ok', keyId: 'data-1', fingerprint: 'f' }] }, ['2 份资料没能换成新密钥']],
    ['it has taken over everything', { keys: [{ state: 'ok', keyId: 'data-2', fingerprint: 'f', unopened: [] }, { state: 'ok', keyId: 'data-1', fingerprint: 'f', retiredAt: ago(9) }] }, []],
    ['money does not fit what was ordered', { suspectCount: 2 }, ['2 笔微信缴费的金额、商户或付款人对不上，没有入账']],
    ['the key is gone', { keys: [{ state: 'missing', keyId: 'data-1', fingerprint: null }] }, ['保护个人信息的密钥没有配置']],
  ])('says what is wrong when %s', (_, more, wrong) => {
    expect(titles(more)).toEqual(wrong)
  })

  it('names no person, and says what to do', () => {
    const [problem] = problemsOf({ ...well, failures: [failure({ count: 7 })] }, now)
    expect(problem).toEqual({
      kind: 'internal_failures', title: '最近一两个小时系统出错 7 次',
      advice: '最多的是 repairs.create。把请求编号 req-1 交给技术人员，在云函数日志里能查到原因',
    })
  })

  it('a company that began today is not told off for having no backup yet', () => {
    const fresh = { ...timer('tick', now), firstSeenAt: ago(20 * 60) }
    expect(titles({ timers: [fresh], backup: null })).toEqual([])
  })
})

describe('the use of the plan', () => {
  it.each([
    // 23 days and 16 hours of 30 have passed.
    [36_000, '2026-11-24T08:00:00Z', 45_634],
    [100, '2026-11-01T15:59:00Z', null],
    [100, '2026-11-01T16:00:00Z', 3_000],
    // The month ends at midnight in Shanghai, not in Greenwich.
    [100, '2026-11-30T15:59:59Z', 100],
    [100, '2026-11-30T16:30:00Z', null],
    [28, '2027-02-27T16:00:00Z', 29],
    [0.1, '2026-11-24T08:00:00Z', 0.1],
    [7, '2026-11-24T08:00:00Z', 8.9],
  ])('%d used by %s is %j by the end of the month', (used, at, projected) => {
    expect(project(used, new Date(at))).toBe(projected)
  })

  it('counts the database’s calls among all calls, and memory as GB seconds', () => {
    expect(quotasOf({ month, plan: plan({ calls: 200_000 }) }, now)).toEqual([
      { kind: 'calls', used: 36_000, projected: 45_634, limit: 200_000 },
      { kind: 'gbSeconds', used: 500, projected: 634, limit: null },
      { kind: 'reads', used: 20_000, projected: 25_352, limit: null },
      { kind: 'writes', used: 5_000, projected: 6_338, limit: null },
    ])
  })

  it.each<[Plan, string[]]>([
    [plan({ calls: 57_043 }), []],
    [plan({ calls: 57_042 }), ['照现在的用量，本月调用次数会用到套餐的 80%']],
    [plan({ calls: 40_000, writes: 6_000 }), ['照现在的用量，本月调用次数会用到套餐的 114%，数据库写会用到套餐的 106%']],
  ])('alarms above 80 %% of %j', (allowed, wrong) => {
    expect(titles({ plan: allowed })).toEqual(wrong)
  })

  it('begins an hour’s row a whole number of hours back', () => {
    expect([hourBefore(now, 0), hourBefore(now, 1), hourBefore(now, 24)]).toEqual(['2026-11-24T16', '2026-11-24T15', '2026-11-23T16'])
  })
})
