import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { deployOnto } from '../../simulator/deploy-onto'
import { newRequest, openVillage, type Village } from '../support/village'
import { testKey } from '../support/people'
import { openRelease, type KeptRelease } from './kept-release'

/** 0.1.0 hashed with its data key: an environment it set up gives the hash key that value. */
const environment = { LINLI_DATA_KEY: testKey, LINLI_HASH_KEY: testKey }

type Reply = { ok: boolean; data: Record<string, never>; error?: unknown }
type View = {
  viewDetail(opened: unknown): { sentence: string; tag: { word: string }; timeline: { words: string; who: string }[] }
  viewCard(repair: unknown, now: number, withHouse: boolean): { title: string; sentence: string; tag: { word: string } }
}

let old: KeptRelease
let folder: string
let village: Village
beforeAll(async () => { old = await openRelease('0.1.0') }, 60_000)
afterAll(() => old.remove())
beforeEach(() => { folder = fs.mkdtempSync(path.join(os.tmpdir(), 'linli-releases-')) })
afterEach(async () => {
  await village.close()
  fs.rmSync(folder, { recursive: true, force: true })
})

const plant = { seed: 'old', seeds: { old: () => ({ documents: old.village, files: [], people: [] }) } }
const oldRelease = async () => { village = await openVillage({ folder, environment, functionsFolder: old.functionsFolder, rulesFolder: old.rulesFolder, ...plant }) }
const presentRelease = async () => { village = await openVillage({ folder, environment, rulesFolder: old.rulesFolder, ...plant }) }
/** What an upgrade adds to the environment: the record of the hash key, which 0.1.0 did not have, and the job that rewrites. */
const setUpKeys = () => deployOnto(village.database, environment, new Date())

/** As a phone of 0.1.0 asks. */
const ask = async (who: string, name: string, action: string, input: object = {}) => {
  const reply = (await village.as(who).callRaw(name, { action, input, client: { version: '0.1.0' } })) as unknown as Reply
  if (!reply.ok) throw new Error(`${name}.${action} was refused: ${JSON.stringify(reply.error)}`)
  return reply.data as Record<string, unknown>
}
const report = async (description: string) => String((await ask('wang', 'repairs', 'create', {
  requestId: newRequest(), houseId: 'h-3-2-501', category: 'plumbing', urgency: 'normal', description, photos: [],
})).repairId)
const step = (who: string, action: string, repairId: string, more: object = {}) => ask(who, 'repairs', action, { repairId, requestId: newRequest(), ...more })

/** Every reading action of 0.1.0, as everybody it is for. */
const readEverything = async (repairId: string) => {
  const replies: Record<string, Record<string, unknown>> = {}
  for (const who of ['wang', 'li', 'zhao', 'chen', 'he', 'qian', 'sun', 'zhou', 'stranger']) {
    replies[`${who} session`] = await ask(who, 'members', 'session')
    replies[`${who} home`] = await ask(who, 'home', 'open')
    replies[`${who} inbox`] = await ask(who, 'messages', 'list')
  }
  replies.form = await ask('wang', 'repairs', 'prepare')
  replies.list = await ask('wang', 'repairs', 'list', { houseId: 'h-3-2-501' })
  replies.order = await ask('wang', 'repairs', 'get', { repairId })
  for (const stage of ['waiting', 'working', 'done']) replies[stage] = await ask('he', 'repairs', 'queue', { stage })
  replies.technicians = await ask('he', 'repairs', 'technicians')
  replies.contact = await ask('chen', 'repairs', 'revealContact', { repairId: 'r-village-door' })
  return replies
}

const timelineOf = (order: Record<string, unknown>) => (order as { repair: { timeline: { step: string }[] } }).repair.timeline.map((entry) => entry.step)

describe('data of release 0.1.0', () => {
  it('is read and worked on by today’s functions, as its own phone asks, and shown by it', async () => {
    await oldRelease()
    const repairId = await report('厨房漏水')
    await step('he', 'assign', repairId, { technicianId: 'm-chen' })
    await village.close()

    await presentRelease()
    await setUpKeys()
    // Each document is upgraded as it is read; whoever is looked for by a new field is found once all are rewritten.
    await readEverything(repairId)
    await village.tick()
    expect((await village.documents('jobs')).filter(({ kind }) => kind === 'rewrite')).toEqual([])
    const replies = await readEverything(repairId)
    expect(replies['wang session']).toMatchObject({ member: { memberId: 'm-wang', name: '王秀英' }, houses: [{ houseId: 'h-3-2-501', relation: 'owner' }] })
    expect(replies['chen session']).toMatchObject({ post: { role: 'technician', communityId: 'c-lihua' } })
    expect(replies['stranger session']).toMatchObject({ member: null })
    expect(replies.technicians).toMatchObject({ technicians: [{ memberId: 'm-chen', name: '陈师傅' }] })
    expect(replies.contact).toEqual({ name: '赵建国', phone: '13700132012' })
    expect(timelineOf(replies.order!)).toEqual(['submit', 'assign'])

    await step('chen', 'start', repairId)
    const { viewDetail } = old.phone<View>('features/repairs/pages/repair-detail/detail-view.ts')
    const { viewCard } = old.phone<View>('support/repair-view.ts')
    const shown = viewDetail(await ask('wang', 'repairs', 'get', { repairId }))
    expect(shown.timeline.every(({ words, who }) => words !== '' && !who.includes('undefined'))).toBe(true)
    expect(shown.sentence).toBe('陈师傅正在处理')
    for (const stage of ['waiting', 'working', 'done']) {
      for (const repair of (replies[stage] as { repairs: unknown[] }).repairs) expect(viewCard(repair, Date.now(), true).tag.word).not.toBe('')
    }
  }, 60_000)
})

describe('orders of release 0.1.0', () => {
  const idsOf = (reply: Record<string, unknown>) => (reply as { repairs: { repairId: string }[] }).repairs.map((repair) => repair.repairId).sort()
  const search = async (who: string, text: string) => idsOf(await ask(who, 'repair-desk', 'search', { text }))
  const queue = async (who: string, stage: string) => idsOf(await ask(who, 'repairs', 'queue', { stage }))
  const stored = async (id: string) => (await village.documents('repairs')).find(({ _id }) => _id === id)!

  it('are found by their words, their number and their house, and by staff of their building only, once they are rewritten', async () => {
    await presentRelease()
    await setUpKeys()
    // Its label says nothing; its house does.
    await village.alter('repairs', 'r-village-door', { houseLabel: '门岗旁小院' })
    for (const stage of ['waiting', 'working', 'done']) await queue('he', stage)
    await village.tick()
    const tap = await stored('r-village-tap')
    expect(tap).toMatchObject({ schema: 4, building: '3', people: ['m-wang'] })
    expect(await stored('r-village-door')).toMatchObject({ building: '1', people: expect.arrayContaining(['m-zhao', 'm-chen']) })
    expect(await search('he', '水龙头')).toEqual(['r-village-tap'])
    expect(await search('he', '小院')).toEqual(['r-village-door'])
    expect(await search('he', String(tap.orderNo))).toEqual(['r-village-tap'])
    expect(await search('he', '3-2-501')).toContain('r-village-tap')

    const post = { role: 'clerk', communityId: 'c-lihua', communityName: '梨花苑', buildings: ['3'] }
    await village.alter('members', 'm-zhou', { posts: [post], post })
    expect(await queue('zhou', 'waiting')).toContain('r-village-tap')
    expect(await queue('zhou', 'working')).not.toContain('r-village-door')
    expect(await queue('he', 'working')).toContain('r-village-door')
    expect(await search('zhou', '小院')).toEqual([])
  }, 60_000)

  it('that the lists read in part are shown before that, too', async () => {
    await presentRelease()
    await setUpKeys()
    expect(await queue('he', 'waiting')).toContain('r-village-tap')
    expect(idsOf(await ask('wang', 'repairs', 'list', { houseId: 'h-3-2-501' }))).toContain('r-village-tap')
    expect(idsOf(await ask('he', 'repair-desk', 'list', { list: 'waiting' }))).toContain('r-village-tap')
    expect(await stored('r-village-tap')).toMatchObject({ schema: 1 })
  }, 60_000)
})

const withoutTime = new Set(['_id', 'version', 'status', 'stage', 'isOpen', 'assignee', 'timeline', 'queueKey'])
/** Fields that a document has lost between two moments. */
const lostFields = (before: Record<string, unknown>[], after: Record<string, unknown>[]) =>
  before.flatMap((document) => {
    const now = after.find(({ _id }) => _id === document._id)
    return Object.keys(document).filter((field) => !withoutTime.has(field) && !(now && field in now)).map((field) => `${String(document._id)}.${field}`)
  })

describe('a rollback to release 0.1.0', () => {
  it('reads and works on what today’s functions have written, and drops none of it', async () => {
    await presentRelease()
    await setUpKeys()
    const [repairId, other] = [await report('厨房漏水'), await report('阳台漏水')]
    await step('he', 'assign', repairId, { technicianId: 'm-chen' })
    await ask('chen', 'messages', 'recordConsent', { results: { 'TMPL-repair-progress': 'accept' } })
    const before = { repairs: await village.documents('repairs'), members: await village.documents('members') }
    await village.close()

    await oldRelease()
    const replies = await readEverything(repairId)
    expect(timelineOf(replies.order!)).toEqual(['submit', 'assign'])
    expect(replies['chen session']).toMatchObject({ post: { role: 'technician' } })
    await step('chen', 'start', repairId)
    await step('chen', 'complete', repairId, { note: '换了水管', photos: [] })
    await step('wang', 'cancel', other, { note: '' })
    await ask('wang', 'messages', 'recordConsent', { results: { 'TMPL-repair-progress': 'accept' } })
    expect(lostFields(before.repairs, await village.documents('repairs'))).toEqual([])
    expect(lostFields(before.members, await village.documents('members'))).toEqual([])
    await village.close()

    // And forward again.
    await presentRelease()
    const again = await readEverything(repairId)
    expect(timelineOf(again.order!)).toEqual(['submit', 'assign', 'start', 'complete'])
  }, 60_000)

  it('leaves out of its lists what it cannot show, without breaking one, changes nothing of it, and all is there when today’s functions return', async () => {
    await presentRelease()
    await setUpKeys()
    const repairId = await report('厨房漏水')
    await village.alter('repairs', repairId, { status: 'a_status_to_come' })
    const before = (await village.documents('repairs')).find(({ _id }) => _id === repairId)
    await village.alter('repairs', repairId, { status: 'on_hold' })
    await village.close()

    await oldRelease()
    const idsOf = (reply: Record<string, unknown>) => (reply as { repairs: { repairId: string }[] }).repairs.map((repair) => repair.repairId)
    const list = idsOf(await ask('wang', 'repairs', 'list', { houseId: 'h-3-2-501' }))
    expect(list.length).toBeGreaterThan(1)
    expect(list).not.toContain(repairId)
    expect(await ask('wang', 'home', 'open')).toMatchObject({ house: { houseId: 'h-3-2-501' } })
    await village.close()

    await presentRelease()
    expect(idsOf(await ask('wang', 'repairs', 'list', { houseId: 'h-3-2-501' }))).toContain(repairId)
    expect((await village.documents('repairs')).find(({ _id }) => _id === repairId)).toEqual({ ...before, status: 'on_hold' })
  }, 60_000)
})

describe('a phone of a release that is too old', () => {
  it('is told to update, by every function and before anything else', async () => {
    await presentRelease()
    for (const name of ['members', 'home', 'messages', 'repairs']) {
      const reply = await village.as('wang').callRaw(name, { action: 'anything-at-all', input: {}, client: { version: '0.0.9' } })
      expect(reply).toMatchObject({ ok: false, error: { code: 'UPGRADE_REQUIRED', message: '小程序有新版本，请关闭后重新打开完成更新' } })
    }
  })
})
