import { openVillage, type Village } from '../support/village'

let village: Village
beforeAll(async () => { village = await openVillage() })
afterAll(() => village.close())
beforeEach(() => village.post('/control/reset', { seed: 'village' }))

const at = Date.parse('2026-11-24T08:00:00Z')
const time = (minutes: number, seconds = 0) => new Date(at + minutes * 60_000 + seconds * 1_000).toISOString()
const owe = (fact: string, text: string, communityId: string | null = 'c-lihua') =>
  village.store('jobs', { _id: `robot_${fact}`, schema: 1, kind: 'robot', dueAt: new Date(at), attempts: 0, payload: { communityId, text, at: time(0) } })
const fail = (errcode: number | string, times = 1) => village.post('/control/fault', { kind: 'api', name: 'qyapi.webhook.send', errcode, times })
const jobs = () => village.owed()
const tickAt = async (minute: number) => {
  await village.post('/control/clock', { now: time(minute) })
  await village.tick(time(minute))
}

describe('a message to the group', () => {
  it('is told once, by tick', async () => {
    await owe('1', '3号楼电梯已派单，陈师傅去看')
    await tickAt(1)
    await tickAt(2)
    expect(await village.group()).toEqual(['3号楼电梯已派单，陈师傅去看'])
    expect(await jobs()).toEqual([])
  })

  it('goes to the company’s group where a community has none of its own, and is dropped where neither has', async () => {
    await village.alter('configurations', 'c-lihua', { robot: null })
    await owe('1', '公司的群')
    await tickAt(1)
    expect(await village.group()).toEqual(['公司的群'])
    await village.post('/control/reset', { seed: 'village' })
    for (const id of ['c-lihua', 'company']) await village.alter('configurations', id, { robot: null })
    await owe('2', '没有群')
    await tickAt(3)
    expect(await village.group()).toEqual([])
    expect(await jobs()).toEqual([])
  })

  it('keeps to twenty a minute; those that had to wait come together, in their order', async () => {
    for (let n = 1; n <= 25; n += 1) await owe(String(n).padStart(2, '0'), `第${n}件`)
    await tickAt(1)
    expect(await village.group()).toHaveLength(20)
    expect(await jobs()).toHaveLength(5)
    await tickAt(3)
    expect((await village.group()).slice(20)).toEqual(['第21件\n第22件\n第23件\n第24件\n第25件'])
    expect(await jobs()).toEqual([])
  })

  it.each([['refused', 93000], ['unreachable', 'broken'], ['dead', 'timeout']])('is tried again later while the robot is %s', async (_, errcode) => {
    await owe('1', '电梯困人')
    await fail(errcode)
    await tickAt(1)
    expect(await village.group()).toEqual([])
    expect(await jobs()).toMatchObject([{ attempts: 1 }])
    await tickAt(4)
    expect(await village.group()).toEqual(['电梯困人'])
    expect(await jobs()).toEqual([])
  }, 15_000)

  it('is given up after a day', async () => {
    await owe('1', '昨天的事')
    await tickAt(24 * 60 + 1)
    expect(await village.group()).not.toContain('昨天的事')
    expect(await jobs()).toEqual([])
    expect(village.lines).toContainEqual(expect.objectContaining({ event: 'robot_given_up' }))
  })

  it('is sent a second time only when a crash came between sending and forgetting it', async () => {
    for (let n = 1; n <= 10; n += 1) {
      await village.post('/control/reset', { seed: 'village' })
      await village.post('/control/clock', { now: time(1) })
      await owe('1', '派单')
      await village.post('/control/fault', { kind: 'kill', function: 'tick', beforeCall: n })
      await village.tick(time(1)).catch(() => undefined)
      await village.post('/control/fault', { kind: 'none' })
      await tickAt(10)
      const times = (await village.group()).length
      expect([1, 2]).toContain(times)
      expect(await jobs()).toEqual([])
    }
  }, 30_000)

  it('can be hastened by the phone that caused it', async () => {
    await owe('1', '派单')
    await village.post('/control/clock', { now: time(1) })
    expect(await village.as('wang').get('messages', 'deliver', { jobIds: ['robot_1'] })).toEqual({ deliveredCount: 1 })
    expect(await village.group()).toEqual(['派单'])
  })
})
