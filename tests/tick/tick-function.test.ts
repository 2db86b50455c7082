import { newRequest, openVillage, type Village } from '../support/village'

let village: Village
beforeEach(async () => { village = await openVillage() })
afterEach(() => village.close())

const reportWithPhoto = async () => {
  const wang = village.as('wang')
  const { uploadPrefix } = await wang.get('repairs', 'prepare', {})
  const photo = await wang.upload(`${uploadPrefix}/202611/leak.jpg`)
  const { repairId } = await wang.get('repairs', 'create', {
    requestId: newRequest(), houseId: 'h-3-2-501', category: 'plumbing', urgency: 'normal', description: '漏水', photos: [photo],
  })
  return { repairId, photo }
}
const minutesFromNow = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString()
const inboxOf = async (memberId: string, part: string) =>
  (await village.documents('inbox')).filter((row) => row.memberId === memberId && String(row.body).includes(part))

describe('tick', () => {
  it('idle, costs one query', async () => {
    expect(await village.tick()).toMatchObject({ result: { doneCount: 0 } })
    expect(village.lines.at(-1)).toMatchObject({ function: 'tick', code: 'OK', calls: 1 })
  })

  it('tells what a crash left untold, exactly once, wherever the crash came', async () => {
    // The platform calls of one delivery are fewer than twenty: the worker dies before each of them in turn.
    for (let n = 1; n <= 20; n += 1) {
      await village.post('/control/reset', { seed: 'village' })
      await reportWithPhoto()
      await village.post('/control/fault', { kind: 'kill', function: 'tick', beforeCall: n })
      await village.tick().catch(() => undefined)
      await village.post('/control/fault', { kind: 'none' })
      await village.tick(minutesFromNow(10))
      for (const memberId of ['m-he', 'm-zhou', 'm-chen']) expect(await inboxOf(memberId, '：漏水')).toHaveLength(1)
      expect(await village.owed()).toEqual([])
    }
  }, 90_000)

  it('puts off what fails and tries it again later', async () => {
    await reportWithPhoto()
    await village.post('/control/fault', { kind: 'api', name: 'security.mediaCheckAsync', errcode: 45009, times: 1 })
    await village.tick()
    expect(await village.owed()).toMatchObject([{ kind: 'repair_watch', payload: { duties: { fileIds: [expect.any(String)] } } }])
    await village.tick()
    expect(await village.documents('photo_checks')).toEqual([])
    await village.tick(minutesFromNow(4))
    expect(await village.owed()).toEqual([])
    expect(await village.documents('photo_checks')).toHaveLength(1)
  })

  it('cannot be called by a phone', async () => {
    await expect(village.as('wang').callRaw('tick', { Type: 'Timer' })).rejects.toThrow()
    await expect(village.as('he').callRaw('tick', { Type: 'Timer' })).rejects.toThrow()
  })
})

describe('content-callback', () => {
  const settle = async (suggest: string) => {
    const { repairId, photo } = await reportWithPhoto()
    await village.tick()
    const [check] = await village.documents('photo_checks')
    expect(check).toMatchObject({ subject: { kind: 'repair', id: repairId }, fileId: photo })
    await village.post('/control/media-check', { traceId: check!._id, suggest })
    return (await village.as('wang').get('repairs', 'get', { repairId })).repair.photos
  }

  it.each(['pass', 'review'])('a photo that is %s stays', async (suggest) => {
    expect(await settle(suggest)).toMatchObject([{ url: expect.stringContaining('/file/') }])
    expect(await village.documents('photo_checks')).toEqual([])
  })

  it('a risky photo is not shown any more, to anybody', async () => {
    expect(await settle('risky')).toMatchObject([{ url: null }])
  })

  it('cannot be called by a phone', async () => {
    await expect(village.as('wang').callRaw('content-callback', { Event: 'wxa_media_check', trace_id: 'x', result: { suggest: 'pass' } })).rejects.toThrow()
  })
})
