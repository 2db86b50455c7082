import { openVillage, type Village } from '../support/village'

let village: Village
beforeEach(async () => {
  village = await openVillage()
  // What the village's own orders owe is not yet due, whatever day it is.
  for (const { _id } of await village.documents('jobs')) await village.alter('jobs', String(_id), { dueAt: new Date('2030-01-01T00:00:00Z') })
})
afterEach(() => village.close())

const now = '2026-11-24T08:05:00.000Z'
const standAt = (time: string) => village.post('/control/clock', { now: time })
const status = () => village.as('he').get('operations', 'status', {})
const failure = (fields: object) => village.store('failures', {
  _id: `f-${Math.random()}`, schema: 1, function: 'repairs', action: 'create', code: 'INTERNAL', hour: '2026-11-24T16', count: 1, lastReason: null,
  lastRequestId: 'req-1', lastAt: new Date('2026-11-24T08:01:00Z'), ...fields,
})
const timer = (_id: string, succeeded: string) => village.store('timers', {
  _id, schema: 1, firstSeenAt: new Date('2026-09-01T00:00:00Z'), lastStartedAt: new Date(succeeded), lastSucceededAt: new Date(succeeded), lastFailedAt: null, lastMs: 12, lastRequestId: 'r',
})

const backup = () => village.store('backups', {
  _id: '2026-11-24', schema: 1, state: 'whole', version: 9, leasedUntil: new Date(0), startedAt: new Date('2026-11-23T19:00:00Z'), finishedAt: new Date('2026-11-23T19:02:00Z'),
  folder: 'cloud://x/backups/2026-11-24/', cursor: null, collections: [{ name: 'repairs', parts: [{ documents: 7, bytes: 700, sha256: 'x' }] }],
})

describe('operations.status', () => {
  it('a manager can see that all is well, and what is running', async () => {
    await standAt(now)
    await timer('tick', '2026-11-24T08:00:00Z')
    await timer('backup', '2026-11-23T20:50:00Z')
    await backup()
    expect(await status()).toMatchObject({
      asOf: expect.stringContaining('2026-11-24T08:05'), problems: [], failures: [], jobs: { owed: 0, stuck: [] }, month: '2026-11', hasRobot: true,
      keys: expect.arrayContaining([{ keyId: 'data-1', state: 'ok', retiredAt: null, unopened: [] }]), upkeep: [], checks: [], backup: { day: '2026-11-24', finishedAt: '2026-11-23T19:02:00.000Z', documents: 7, bytes: 700 },
      timers: [{ function: 'backup', isSilent: false }, { function: 'tick', lastSucceededAt: '2026-11-24T08:00:00.000Z', isSilent: false }],
    })
  })

  it('a manager can see failures of the last day and week by function, action and code, our own faults first', async () => {
    await standAt(now)
    await failure({ count: 2 })
    await failure({ hour: '2026-11-20T09', count: 5, lastAt: new Date('2026-11-20T01:30:00Z'), lastRequestId: 'req-0' })
    await failure({ hour: '2026-11-10T09', count: 100 })
    await failure({ action: 'assign', code: 'FORBIDDEN', count: 30 })
    expect((await status()).failures).toEqual([
      { function: 'repairs', action: 'create', code: 'INTERNAL', lastDay: 2, lastWeek: 7, lastRequestId: 'req-1', lastAt: '2026-11-24T08:01:00.000Z', isOurs: true },
      { function: 'repairs', action: 'assign', code: 'FORBIDDEN', lastDay: 30, lastWeek: 30, lastRequestId: 'req-1', lastAt: '2026-11-24T08:01:00.000Z', isOurs: false },
    ])
  })

  it('a manager can see work that is stuck and timers that are silent', async () => {
    await standAt(now)
    await timer('tick', '2026-11-24T07:40:00Z')
    await village.store('jobs', { _id: 'j1', schema: 1, kind: 'notices', dueAt: new Date('2026-11-24T06:00:00Z'), attempts: 2, payload: {} })
    await village.store('jobs', { _id: 'j2', schema: 1, kind: 'notices', dueAt: new Date('2026-11-24T11:00:00Z'), attempts: 11, payload: {} })
    const { problems, jobs, timers } = await status()
    expect(problems.map(({ kind }) => kind)).toEqual(['timer_silent', 'jobs_stuck', 'backup_old'])
    expect(jobs).toEqual({ owed: 1, stuck: [{ kind: 'notices', count: 2, attempts: 11, since: '2026-11-24T06:00:00.000Z' }] })
    expect(timers).toMatchObject([{ function: 'tick', isSilent: true }])
  })

  it('a manager can see how far a change of the key has come, what it left, and what the nightly checks found', async () => {
    await standAt(now)
    await backup()
    await village.alter('key_records', 'data-1', { unopened: ['roster/x'] })
    await village.store('jobs', {
      _id: 'rotation_data-2', schema: 1, kind: 'rotation', dueAt: new Date('2026-11-24T08:05:00Z'), attempts: 0,
      payload: { progress: { collection: 'roster', after: null, changed: 5, passChanged: 5, failed: [], pass: 1, seen: 20, total: 50, movedAt: new Date('2026-11-24T07:00:00Z') } },
    })
    const finding = { schema: 1, check: 'members_check', run: 'members_check_2026-11-24', at: new Date('2026-11-23T18:31:00Z'), seenCount: 0, findingCount: 0 }
    for (const id of ['m-a', 'm-b']) await village.store('findings', { _id: `${id}_f`, ...finding, subjectId: id, problem: 'residency_without_house' })
    await village.store('findings', { _id: 'summary', ...finding, subjectId: '', problem: null, seenCount: 40, findingCount: 2 })
    const seen = await status()
    expect(seen.upkeep).toEqual([{ kind: 'rotation', word: '更换密钥', pass: 1, seen: 20, total: 50, changed: 5, failed: 0, movedAt: '2026-11-24T07:00:00.000Z', isStuck: true }])
    expect(seen.checks).toEqual([{
      check: 'members_check', word: '住户与房屋核对', at: '2026-11-23T18:31:00.000Z', seenCount: 40, findingCount: 2, findings: [{ problem: 'residency_without_house', count: 2 }],
    }])
    expect(seen.keys).toContainEqual({ keyId: 'data-1', state: 'ok', retiredAt: null, unopened: ['roster/x'] })
    expect(seen.problems.map(({ kind }) => kind)).toEqual(['keys_unopened', 'upkeep_stuck', 'findings'])
    expect(village.lines.filter((line) => line.overBudget !== undefined)).toEqual([])
  })

  it('a manager can see what was used of the plan this month', async () => {
    await standAt(now)
    await village.alter('configurations', 'company', { plan: { calls: 1_000, gbSeconds: null, reads: null, writes: null } })
    const row = { schema: 1, function: 'home', ms: 900, others: 0, mbMs: 1_024_000, version: '0.1.0' }
    await village.store('usage', { _id: 'u1', ...row, hour: '2026-11-02T10', calls: 100, reads: 400, writes: 200 })
    await village.store('usage', { _id: 'u2', ...row, hour: '2026-11-24T15', calls: 10, reads: 40, writes: 20 })
    await village.store('usage', { _id: 'u3', ...row, hour: '2026-10-31T23', calls: 999, reads: 999, writes: 999 })
    const { quotas, use, problems } = await status()
    expect(quotas.slice(0, 2)).toEqual([{ kind: 'calls', used: 770, projected: 976, limit: 1_000 }, { kind: 'gbSeconds', used: 2, projected: 2.5, limit: null }])
    expect(use).toEqual([{ function: 'home', calls: 10, averageMs: 90, version: '0.1.0' }])
    expect(problems.map(({ kind }) => kind)).toEqual(['quota_short'])
  })

  it.each(['zhou', 'chen', 'qian', 'sun', 'wang'])('cannot be seen by %s, who is no manager', async (who) => {
    expect(await village.as(who).call('operations', 'status', {})).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  })

  it('a stranger cannot', async () => {
    expect(await village.as('stranger').call('operations', 'status', {})).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  })
})

describe('an alarm', () => {
  const tickAt = async (time: string) => {
    await standAt(time)
    await village.tick(time)
  }
  beforeEach(backup)

  it('is told to the company’s group once an hour, with what to do', async () => {
    await failure({ count: 4 })
    await tickAt('2026-11-24T08:10:00Z')
    expect(await village.group()).toEqual(['【运行告警】最近一两个小时系统出错 4 次。最多的是 repairs.create。把请求编号 req-1 交给技术人员，在云函数日志里能查到原因'])
    for (const minute of ['20', '30', '50']) await tickAt(`2026-11-24T08:${minute}:00Z`)
    expect(await village.group()).toHaveLength(1)
    await tickAt('2026-11-24T09:10:00Z')
    expect(await village.group()).toHaveLength(2)
  })

  it('of what takes days to put right is told once a day', async () => {
    await village.store('findings', {
      _id: 'summary', schema: 1, check: 'members_check', run: 'r', at: new Date('2026-11-24T07:00:00Z'), subjectId: '', problem: null, seenCount: 40, findingCount: 2,
    })
    for (const hour of ['08', '09', '15']) await tickAt(`2026-11-24T${hour}:10:00Z`)
    expect(await village.group()).toEqual([expect.stringMatching(/^【运行告警】「住户与房屋核对」发现 2 处对不上。/)])
  })

  it('comes from every tenth minute only, and nothing comes while all is well', async () => {
    await tickAt('2026-11-24T08:10:00Z')
    await failure({ count: 4 })
    await tickAt('2026-11-24T08:11:00Z')
    expect(await village.group()).toEqual([])
  })

  it('does not keep owed work from being done when watching itself fails', async () => {
    await village.store('jobs', { _id: 'robot_1', schema: 1, kind: 'robot', dueAt: new Date('2026-11-24T08:00:00Z'), attempts: 0, payload: { communityId: null, text: '派单', at: '2026-11-24T08:00:00Z' } })
    await village.post('/control/fault', { kind: 'api', name: 'database.aggregateDocuments', errcode: 'SYS_ERR', times: 1 })
    await standAt('2026-11-24T08:10:00Z')
    await village.tick('2026-11-24T08:10:00Z').catch(() => undefined)
    expect(await village.group()).toEqual(['派单'])
    expect(await village.documents('failures')).toMatchObject([{ function: 'tick', code: 'INTERNAL' }])
  })

  it('comes at night from nightly and from backup when tick is dead, and is said once by all of them', async () => {
    await timer('tick', '2026-11-24T15:10:00Z')
    const fire = async (name: string, time: string) => {
      await standAt(time)
      await village.post('/control/timer', { name, time })
    }
    await fire('nightly', '2026-11-24T18:30:00Z')
    expect(await village.group()).toEqual([expect.stringMatching(/^【运行告警】「每分钟巡检」已经 3 小时没有成功运行。/)])
    await fire('backup', '2026-11-24T19:00:00Z')
    await fire('backup', '2026-11-24T19:01:00Z')
    expect(await village.group()).toHaveLength(1)
    await fire('backup', '2026-11-24T19:30:00Z')
    expect(await village.group()).toHaveLength(2)
  })

  it('does not keep the night from being backed up, nor its work from being owed, when the group cannot be reached', async () => {
    await timer('tick', '2026-11-24T15:10:00Z')
    await village.post('/control/fault', { kind: 'api', name: 'qyapi.webhook.send', errcode: 93000, times: 9 })
    for (const [name, time] of [['nightly', '2026-11-24T18:30:00Z'], ['backup', '2026-11-24T19:00:00Z']] as const) {
      await standAt(time)
      await village.post('/control/timer', { name, time })
    }
    expect(await village.documents('backups')).toContainEqual(expect.objectContaining({ _id: '2026-11-25', state: 'whole' }))
    expect((await village.documents('jobs')).map(({ _id }) => _id)).toEqual(expect.arrayContaining(['members_check_2026-11-25', expect.stringMatching(/^robot_alarm_timer_silent_/)]))
  })

  it('names a dead robot nowhere but on the page: nothing else fails', async () => {
    await failure({ count: 4 })
    await village.post('/control/fault', { kind: 'api', name: 'qyapi.webhook.send', errcode: 93000, times: 9 })
    await tickAt('2026-11-24T08:10:00Z')
    expect(await village.group()).toEqual([])
    expect(await village.documents('alarms')).toMatchObject([{ _id: 'internal_failures' }])
  })

  it('forgets counts after three months, at night', async () => {
    await failure({ hour: '2026-08-01T10' })
    await failure({ hour: '2026-11-01T10' })
    await tickAt('2026-11-24T19:00:00Z')
    expect(await village.documents('failures')).toMatchObject([{ hour: '2026-11-01T10' }])
  })
})
