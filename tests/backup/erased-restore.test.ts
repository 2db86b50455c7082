import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { newRequest, openVillage, type Village } from '../support/village'
import { openidOf, phoneHashOf, phoneOf, putOnFile, verify } from '../members/newcomers'
import { backUpWhole, cutAfter, download, everything, minuteOf, openWorld, restoreCommand, type World } from './drill'

const evening = new Date('2026-11-24T12:00:00Z')
const night = new Date('2026-11-24T19:00:00Z')
const morning = new Date('2026-11-25T02:00:00Z')
const day = '2026-11-25'

let village: Village
let source: World
let target: World
beforeEach(async () => {
  village = await openVillage()
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'linli-erased-'))
  const close = async () => {
    await village.close()
    fs.rmSync(folder, { recursive: true, force: true })
  }
  source = { cloud: village, folder, post: village.post, close }
  target = await openWorld()
  await standAt(evening)
})
afterEach(() => Promise.all([source.close(), target.close()]))

const standAt = (now: Date) => village.post('/control/clock', { now: now.toISOString() })
const house = 'h-2-1-602'
const mengqi = () => [phoneOf('mengqi'), phoneHashOf('mengqi'), openidOf('mengqi'), '沈梦绮']

/** Somebody with a home, an order with a photo, a message, an application and people they named. */
const live = async (): Promise<string> => {
  await putOnFile(village, 'mengqi', house, 'owner', '沈梦绮')
  await verify(village, 'mengqi')
  const phone = village.as('mengqi')
  await phone.get('members', 'apply', { requestId: newRequest(), houseId: 'h-3-2-501', relation: 'family', name: '沈梦绮', note: '沈梦绮是王阿姨的侄女' })
  const { uploadPrefix } = await phone.get('repairs', 'prepare', {})
  const { repairId } = await phone.get('repairs', 'create', {
    requestId: newRequest(), houseId: house, category: 'other', urgency: 'normal', description: '窗户关不上', photos: [await phone.upload(`${uploadPrefix}/202611/one.jpg`)],
  })
  await phone.get('repairs', 'sendMessage', { repairId, requestId: newRequest(), text: '是这扇' })
  await village.tick(minuteOf(evening, 1).toISOString())
  return (await phone.get('members', 'session', {})).member!.memberId
}
const leave = async (who = 'mengqi') => expect(await village.as(who).get('account', 'deleteAccount', { requestId: newRequest(), hasRead: true })).toEqual({ isFinished: true })
const backUp = (at = night) => backUpWhole(source, at)
const restore = (folder: string, ...more: string[]) => restoreCommand(['--env', target.cloud.url, '--backup', folder, ...more])
/** `before`: everything there was at the backup, which `folder` holds. */
const leaveAfterBackup = async () => {
  const memberId = await live()
  await backUp()
  const before = everything(source)
  await standAt(morning)
  await leave()
  return { memberId, before, folder: await download(source, day) }
}
/** Where something of somebody is stored. */
const placesOf = (world: World, traces: string[]): string[] => {
  const noted = ['erasures', 'backups'].flatMap((name) => world.cloud.database.documents(name).map((row): [string, unknown] => [`${name}/${row._id}`, row]))
  return [...everything(world), ...noted].filter(([, document]) => traces.some((trace) => JSON.stringify(document).includes(trace))).map(([place]) => place)
}
const memberIn = (world: World, id: string) => world.cloud.database.documents('members').find(({ _id }) => _id === id)

describe('somebody who deletes their account after a backup', () => {
  it('is not brought back by it: their number, openid and name are found nowhere in what was restored, and nobody else is touched', async () => {
    const { memberId, before, folder } = await leaveAfterBackup()
    const said = await restore(folder)
    expect(said).toMatchObject({ code: 0, restored: { differences: 0, erased: 1 }, text: expect.stringContaining('1 people had deleted their account since, and are deleted again.') })
    expect(placesOf(target, mengqi())).toEqual([])
    expect(memberIn(target, memberId)).toMatchObject({ name: '已注销用户', openid: `departed-${memberId}`, houses: [], phone: null })
    expect(target.cloud.database.documents('jobs').filter(({ kind }) => kind === 'erase_member')).toEqual([])
    expect(target.cloud.database.documents('audits')).toContainEqual(expect.objectContaining({ action: 'account.deleteAccount', subjectId: memberId }))
    expect(said.text).not.toMatch(new RegExp(mengqi().join('|')))
    expect(target.cloud.database.documents('erasures')).toMatchObject([{ _id: memberId, restoring: null, finishedAt: expect.any(Date) }])
    const [after, theirs] = [everything(target), new RegExp([memberId, ...mengqi()].join('|'))]
    const changed = [...before].filter(([place, document]) => !isDeepStrictEqual(after.get(place), document) && !theirs.test(JSON.stringify(document)))
    expect(changed.map(([place]) => place)).toEqual([])
  })

  it('is found on file by a number only the backup knows, although they came and went after it', async () => {
    await putOnFile(village, 'mengqi', house, 'owner', '沈梦绮')
    await backUp()
    await standAt(morning)
    await verify(village, 'mengqi')
    await leave()
    expect(await restore(await download(source, day))).toMatchObject({ restored: { erased: 1 } })
    expect(placesOf(target, mengqi())).toEqual([])
  })

  it('who went before a backup began leaves it alone: what the company put on file again stays', async () => {
    await live()
    await leave()
    await putOnFile(village, 'mengqi', house, 'owner', '沈小姐')
    await backUp()
    expect(await restore(await download(source, day))).toMatchObject({ restored: { erased: 0, differences: 0 } })
    expect(target.cloud.database.documents('roster').some(({ phoneHash }) => phoneHash === phoneHashOf('mengqi'))).toBe(true)
  })

  it('leaves a mark that says nothing of them, in the database and beside the backups', async () => {
    const memberId = await live()
    await leave()
    const [mark] = village.database.documents('erasures')
    expect(mark).toMatchObject({ _id: memberId, at: expect.any(Date), finishedAt: expect.any(Date), houseIds: [house], restoring: null, fileId: expect.stringMatching(/\/backups\/erasures\/m-[^/]+\.json$/) })
    const { fileList } = (await village.post('/client/temp-url', { openid: openidOf('he'), fileList: [mark!.fileId] })) as { fileList: { tempFileURL: string }[] }
    expect(fileList[0]!.tempFileURL).toBe('')
    expect(JSON.stringify(mark)).not.toMatch(new RegExp(mengqi().join('|')))
  })

  it('is remembered for 60 days: twice as long as any backup that holds them', async () => {
    await live()
    await leave()
    await backUp(minuteOf(night, 59 * 24 * 60))
    expect(village.database.documents('erasures')).toHaveLength(1)
    await backUp(minuteOf(night, 61 * 24 * 60))
    expect(village.database.documents('erasures')).toEqual([])
  })
})

describe('a restore that is cut off, again and again', () => {
  it('goes on where it stopped, while it writes and while it erases, and ends with everything restored and nobody brought back', async () => {
    const { memberId, before, folder } = await leaveAfterBackup()
    const stops: string[] = []
    for (let requests = 50; ; requests += 30) {
      const line = await cutAfter(target, requests)
      const said = await restoreCommand(['--env', line.url, '--backup', folder])
      await line.close()
      stops.push(said.text)
      if (said.code === 0) break
    }
    expect(stops.filter((text) => text.includes('the environment holds a part of this backup')).length).toBeGreaterThan(0)
    expect(stops.filter((text) => text.includes('deleted accounts are to be erased from it')).length).toBeGreaterThan(0)
    expect([...everything(target).keys()].filter((place) => !place.startsWith('audits/')).sort())
      .toEqual([...before.keys()].filter((place) => everything(target).has(place) && !place.startsWith('audits/')).sort())
    expect(placesOf(target, mengqi())).toEqual([])
    expect(memberIn(target, memberId)).toMatchObject({ name: '已注销用户' })
  }, 120_000)

  it('is refused where somebody else has written in between', async () => {
    await backUp()
    const folder = await download(source, day)
    const line = await cutAfter(target, 70)
    expect((await restoreCommand(['--env', line.url, '--backup', folder])).code).toBe(1)
    await line.close()
    await target.cloud.database.run('database.insertDocument', { collectionName: 'members', data: ['{"_id":"m-newcomer","schema":1}'] })
    expect(await restore(folder)).toMatchObject({ code: 1, text: expect.stringMatching(/members holds \d+ documents, and m-newcomer is none of this backup/) })
  })

  it('is not begun where nobody knows who has gone since', async () => {
    await backUp()
    const folder = await download(source, day)
    fs.rmSync(path.join(folder, 'erasures'), { recursive: true })
    expect(await restore(folder)).toMatchObject({ code: 1, text: expect.stringContaining('who has deleted their account since would be brought back') })
    expect(everything(target).size).toBe(0)
  })
})
