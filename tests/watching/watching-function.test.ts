import { openVillage, type Village } from '../support/village'

let village: Village
beforeEach(async () => { village = await openVillage() })
afterEach(() => village.close())

const at = '2026-11-24T08:05:00Z'
const hour = '2026-11-24T16'
const standAt = (now: string) => village.post('/control/clock', { now })
const openInbox = () => village.as('wang').call('messages', 'list', {})
const openHome = (who = 'wang') => village.as(who).call('home', 'open', {})
/** Every query of the database fails, so many times. */
const breakQueries = (times: number) => village.post('/control/fault', { kind: 'api', name: 'database.getDocument', errcode: 'SYS_ERR', times })

describe('what is used of the plan', () => {
  it('is counted for each function and hour, with what it asked of the database', async () => {
    await standAt(at)
    await openInbox()
    expect(await village.documents('usage')).toMatchObject([
      { _id: `messages_${hour}`, function: 'messages', hour, calls: 1, reads: 3, writes: 0, others: 0 },
    ])
    const [row] = await village.documents('usage')
    expect(row!.mbMs).toBe(Number(row!.ms) * 256)
  })

  it('is written once a minute at most: a second call at once costs nothing more', async () => {
    await standAt(at)
    await openInbox()
    await openInbox()
    expect(await village.documents('usage')).toMatchObject([{ calls: 1 }])
  })

  it('is not on the budget of the call that happens to write it', async () => {
    await openInbox()
    expect(village.lines.at(-1)).toMatchObject({ function: 'messages', code: 'OK', calls: 3 })
  })
})

describe('what failed', () => {
  it('is counted for each function, action and code, and is written at once when it is our bug', async () => {
    await standAt(at)
    await openHome()
    for (let n = 1; n <= 3; n += 1) {
      await breakQueries(1)
      expect(await openHome()).toMatchObject({ ok: false, error: { code: 'INTERNAL' } })
    }
    const [row] = await village.documents('failures')
    expect(row).toMatchObject({ _id: `home_open_INTERNAL_${hour}`, function: 'home', action: 'open', code: 'INTERNAL', hour, count: 3 })
    expect(village.lines.at(-1)!.requestId).toBe(row!.lastRequestId)
  })

  it('adds up when many processes fail at once', async () => {
    await standAt(at)
    await breakQueries(12)
    await Promise.all(Array.from({ length: 12 }, () => openHome()))
    expect(await village.documents('failures')).toMatchObject([{ code: 'INTERNAL', count: 12 }])
  })

  it('holds nothing of a person: neither who nor what they sent', async () => {
    await village.as('wang').callRaw('repairs', { action: 'create', input: { houseId: 'h-3-2-501', description: '王秀英 13800135010' } })
    await village.as('zhao').callRaw('repairs', { action: 'assign', input: {} })
    const stored = JSON.stringify([await village.documents('failures'), await village.documents('usage')])
    expect(stored).toContain('INVALID_INPUT')
    expect(stored).not.toMatch(/o-village|m-wang|m-zhao|王秀英|13800135010|h-3-2/)
  })

  it('counts a refusal too, with its reason', async () => {
    await standAt(at)
    expect(await village.as('zhao').callRaw('repairs', { action: 'assign', input: {} })).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
    expect(await village.documents('failures')).toMatchObject([{ function: 'repairs', action: 'assign', code: 'FORBIDDEN', count: 1 }])
  })

  it('counts actions that do not exist as one: nobody can fill the database by inventing some', async () => {
    await standAt(at)
    for (const action of ['a1', 'a2', 'constructor']) await village.as('stranger').callRaw('home', { action, input: {} })
    await breakQueries(1)
    await openHome()
    expect(await village.documents('failures')).toMatchObject([
      { action: 'unknown', code: 'INVALID_INPUT', count: 3, lastReason: 'UNKNOWN_ACTION' }, { action: 'open', code: 'INTERNAL', count: 1 },
    ])
  })

  it('is nobody’s trouble when it cannot be written: the reply stands, and the count comes with the next', async () => {
    await standAt(at)
    await village.post('/control/fault', { kind: 'api', name: 'database.modifyDocument', errcode: 'SYS_ERR', times: 1 })
    expect(await openHome()).toMatchObject({ ok: true })
    expect(village.lines).toContainEqual(expect.objectContaining({ event: 'counts_kept_back' }))
    expect(await village.documents('usage')).toEqual([])
    await breakQueries(1)
    await openHome()
    expect(await village.documents('usage')).toMatchObject([{ calls: 2 }])
  })
})

describe('a worker that died half-way', () => {
  it('is counted by whoever finds its job again, each time; one that merely failed is not', async () => {
    await village.store('jobs', { _id: 'robot_1', schema: 1, kind: 'robot', dueAt: new Date('2026-11-24T08:10:00Z'), attempts: 0, payload: { communityId: null, text: '派单', at: '2026-11-24T08:10:00Z' } })
    for (const { _id } of await village.documents('jobs')) if (_id !== 'robot_1') await village.alter('jobs', String(_id), { dueAt: new Date('2030-01-01T00:00:00Z') })
    for (const time of ['2026-11-24T08:11:00Z', '2026-11-24T08:13:00Z']) {
      await village.post('/control/fault', { kind: 'kill', function: 'tick', beforeCall: 6 })
      await village.tick(time).catch(() => undefined)
      await village.post('/control/fault', { kind: 'none' })
    }
    await village.tick('2026-11-24T08:15:00Z')
    const deaths = (await village.documents('failures')).filter(({ function: name }) => name === 'jobs')
    expect(deaths).toMatchObject([{ action: 'robot', code: 'INTERNAL', count: 2, lastReason: 'WORKER_DIED', lastRequestId: 'job_worker_died' }])
    expect(await village.group()).toContain('派单')
  })
})

describe('the heartbeat of a timer', () => {
  it('is written every tenth minute, not every minute', async () => {
    await village.tick('2026-11-24T08:11:00Z')
    expect(await village.documents('timers')).toEqual([])
    await village.tick('2026-11-24T08:20:00Z')
    await village.tick('2026-11-24T08:21:00Z')
    const [row] = await village.documents('timers')
    expect(row).toMatchObject({ _id: 'tick', lastFailedAt: null })
    expect(String(row!.lastSucceededAt)).toContain('2026-11-24T08:20')
  })

  it('tells at once of a run that failed', async () => {
    await breakQueries(1)
    await village.tick('2026-11-24T08:11:00Z').catch(() => undefined)
    const [row] = await village.documents('timers')
    expect(row).toMatchObject({ _id: 'tick', lastSucceededAt: null })
    expect(String(row!.lastFailedAt)).toContain('2026-11-24T08:11')
    expect(await village.documents('failures')).toMatchObject([{ function: 'tick', action: 'run', code: 'INTERNAL', count: 1 }])
  })
})
