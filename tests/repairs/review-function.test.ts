import { employ, openOtherCommunity, otherCommunity } from '../members/newcomers'
import { newRequest, openVillage, type Village } from '../support/village'
import { codeOf, ordersOf } from './working-village'

let village: Village
let orders: ReturnType<typeof ordersOf>
/** What the village's own stories left to people. */
let seeded: string[] = []
beforeAll(async () => {
  village = await openVillage()
  orders = ordersOf(village)
  seeded = (await village.documents('content_reviews')).map(({ _id }) => String(_id))
})
beforeEach(() => village.post('/control/reset', { seed: 'village' }))
afterAll(() => village.close())

const hoursOn = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
const lift = { houseId: 'h-1-1-201', category: 'public_area', place: { building: '1', spot: '电梯' }, description: '电梯里有异响' } as const

const reportLift = async (what: object = {}) => {
  const repairId = await orders.report({ ...lift, ...what }, 'zhao')
  await village.tick()
  return repairId
}
const photoOf = async (who: string) => village.as(who).upload(`${(await village.as(who).get('repairs', 'prepare', {})).uploadPrefix}/202611/${newRequest()}.jpg`)
const traces = async () => (await village.documents('photo_checks')).map(({ _id }) => String(_id))
const answer = async (suggest: string, ids?: string[]) => {
  for (const traceId of ids ?? (await traces())) await village.post('/control/media-check', { traceId, suggest })
}
const everyReviewOf = async (who: string) => (await village.as(who).get('repair-desk', 'contentReviews', {})).reviews
const reviewsOf = async (who = 'he') => (await everyReviewOf(who)).filter(({ reviewId }) => !seeded.includes(reviewId))
const countOf = async (who: string) => (await village.as(who).get('repair-desk', 'board', {})).counts.contentReviews
const onlyReview = async () => {
  const [review, ...others] = await reviewsOf()
  expect(others).toEqual([])
  return review!
}
const decide = (who: string, reviewId: string, isFit: boolean, requestId = newRequest()) =>
  codeOf(village.as(who).call('repair-desk', 'decideContent', { requestId, reviewId, isFit }))
/** As a neighbour of 1号楼 sees the lift: 李明 moves there, says 我也遇到 where it is offered, and looks. */
const neighbourSees = async (repairId: string) => {
  const [home] = [{ houseId: 'h-1-2-302', communityId: 'c-lihua', communityName: '梨花苑', building: '1', houseLabel: '1号楼2单元302', relation: 'owner', scopes: ['report'], knownAs: '李明', rosterId: null, endsOn: null }]
  await village.alter('members', 'm-li', { houses: [home] })
  const { reports } = await village.as('li').get('repairs', 'similar', { houseId: 'h-1-2-302', text: '' })
  return reports.some((report) => report.repairId === repairId)
}
const followed = async (repairId: string) => {
  await village.as('li').get('repairs', 'follow', { houseId: 'h-1-2-302', repairId, isFollowing: true })
  return (await village.as('li').get('repairs', 'get', { repairId })).repair
}
const isCheckDown = async (isDown: boolean) => {
  if (!isDown) return village.post('/control/fault', { kind: 'none' })
  for (const name of ['security.msgSecCheck', 'security.mediaCheckAsync']) await village.post('/control/fault', { kind: 'api', name, errcode: -1, times: 1_000 })
}

describe('repair-desk.contentReviews', () => {
  it('a manager and a clerk can see what WeChat doubts: words, where and the role of who wrote them, and nothing more of the person', async () => {
    const repairId = await reportLift({ description: '电梯疑似测试' })
    for (const who of ['he', 'zhou']) {
      const reviews = await reviewsOf(who)
      expect(reviews).toEqual([{
        reviewId: expect.any(String), part: 'report', words: '电梯\n电梯疑似测试', photo: null, place: '1号楼', byRole: 'resident', reason: 'doubtful', createdAt: expect.any(String),
      }])
      expect(JSON.stringify(reviews)).not.toMatch(/赵建国|1单元201|137|m-zhao/)
      expect(await countOf(who)).toBe((await everyReviewOf(who)).length)
    }
    expect(await neighbourSees(repairId)).toBe(false)
  })

  it('a manager can see photos of a report, of the progress and of the talk, and words of the talk', async () => {
    const repairId = await orders.assigned({ photos: [await photoOf('wang')] })
    await orders.must('chen', 'start', { repairId })
    await orders.must('chen', 'record', { repairId, note: '', photos: [await orders.photoOf('chen', repairId)] })
    await orders.must('wang', 'sendMessage', { repairId, text: '疑似测试', photo: await orders.photoOf('wang', repairId) })
    await village.tick()
    await answer('review')
    const shown = (await reviewsOf()).map(({ part, byRole, words, photo, place }) => [part, byRole, words, photo?.url?.includes('/file/') ?? false, place]).sort()
    expect(shown).toEqual([
      ['report', 'resident', '', true, '3号楼'], ['talk', 'resident', '', true, '3号楼'], ['talk', 'resident', '疑似测试', false, '3号楼'], ['work', 'technician', '', true, '3号楼'],
    ])
    // Household and staff see all of it meanwhile.
    const { repair } = await village.as('li').get('repairs', 'get', { repairId })
    expect([...repair.photos, ...repair.timeline.flatMap(({ photos }) => photos)].every(({ url }) => url !== null)).toBe(true)
    expect((await village.as('chen').get('repairs', 'messages', { repairId })).messages).toMatchObject([{ text: '疑似测试', photo: { url: expect.any(String) }, isHidden: false }])
  })

  it('the same doubt twice is one row, and a verdict that comes after it takes it off', async () => {
    const repairId = await orders.report({ photos: [await photoOf('wang')] })
    await village.tick()
    const [first] = await village.documents('photo_checks')
    await answer('review')
    await village.store('photo_checks', { ...first!, _id: 'asked-again', askedAt: new Date() })
    await answer('review', [String(first!._id)])
    expect(await reviewsOf()).toHaveLength(1)
    await village.store('photo_checks', { ...first!, askedAt: new Date() })
    await answer('pass', [String(first!._id)])
    expect(await reviewsOf()).toEqual([])
    expect((await orders.stored(repairId)).photos).toMatchObject([{ check: 'passed' }])
  })

  it('words that a clerk has changed meanwhile are judged anew: what nobody wrote any more is not on the list', async () => {
    const { uploadPrefix } = await village.as('wang').get('repairs', 'prepare', {})
    const repairId = await orders.report({ description: '', voice: { fileId: await village.as('wang').upload(`${uploadPrefix}/202611/leak.mp3`), seconds: 9 } })
    await orders.must('zhou', 'summarize', { repairId, description: '疑似测试' })
    await village.tick()
    const review = await onlyReview()
    expect(review.byRole).toBe('clerk')
    await orders.must('zhou', 'summarize', { repairId, description: '水管漏水' })
    expect(await decide('he', review.reviewId, true)).toBe('CONTENT_CHANGED')
    await village.tick()
    expect(await reviewsOf()).toEqual([])
    expect(await orders.stored(repairId)).toMatchObject({ textCheck: 'passed' })
  })

  it('a clerk of one building can see that building’s and what is in none; another community’s are never seen', async () => {
    await reportLift({ description: '疑似测试一' })
    await orders.report({ description: '疑似测试三' })
    await village.as('zhou').get('repairs', 'createFor', {
      requestId: newRequest(), houseId: null, category: 'public_area', urgency: 'normal', description: '疑似测试空', photos: [], source: 'call',
      caller: { name: '路人', phone: null }, place: { building: null, spot: '大门' },
    })
    await village.tick()
    await employ(village, 'third', { role: 'clerk', buildings: ['3'] })
    expect((await reviewsOf('third')).map(({ words }) => words).sort()).toEqual(['大门\n疑似测试空', '疑似测试三'])
    expect(await countOf('third')).toBe((await everyReviewOf('third')).length)
    await openOtherCommunity(village)
    await employ(village, 'away', { role: 'manager', ...otherCommunity })
    expect(await reviewsOf('away')).toEqual([])
    const [first] = (await reviewsOf()).filter(({ words }) => words.includes('测试一'))
    for (const who of ['third', 'away']) expect(await decide(who, first!.reviewId, true)).toBe('NOT_FOUND')
  })

  it.each(['wang', 'chen', 'qian', 'sun'])('%s cannot', async (who) => {
    expect(await codeOf(village.as(who).call('repair-desk', 'contentReviews', {}))).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await codeOf(village.as('stranger').call('repair-desk', 'contentReviews', {}))).toBe('FORBIDDEN')
  })
})

describe('repair-desk.decideContent', () => {
  it('a clerk can let neighbours see words, which are offered to them at once; the trail says who decided what', async () => {
    const repairId = await reportLift({ description: '疑似测试' })
    const { reviewId } = await onlyReview()
    expect(await neighbourSees(repairId)).toBe(false)
    expect(await decide('zhou', reviewId, true)).toBe('OK')
    expect(await neighbourSees(repairId)).toBe(true)
    expect(await reviewsOf()).toEqual([])
    expect((await village.documents('audits')).filter(({ action }) => action === 'repair-desk.decideContent')).toMatchObject([
      { actorId: 'm-zhou', subjectId: repairId, communityId: 'c-lihua', before: { check: 'pending' }, after: { check: 'passed', part: 'report', isPhoto: false } },
    ])
  })

  it('a manager can keep a photo from being shown to anybody, and a message from everybody but its author', async () => {
    const repairId = await orders.assigned({ photos: [await photoOf('wang')] })
    await orders.must('wang', 'sendMessage', { repairId, text: '疑似测试', photo: null })
    await village.tick()
    await answer('review')
    for (const { reviewId } of await reviewsOf()) expect(await decide('he', reviewId, false)).toBe('OK')
    for (const who of ['wang', 'chen', 'he']) expect((await village.as(who).get('repairs', 'get', { repairId })).repair.photos).toMatchObject([{ url: null }])
    expect((await village.as('chen').get('repairs', 'messages', { repairId })).messages).toMatchObject([{ text: '', isHidden: true }])
    expect((await village.as('wang').get('repairs', 'messages', { repairId })).messages).toMatchObject([{ text: '疑似测试', isHidden: false }])
  })

  it('cannot be decided by whoever wrote it: words, photo or message of their own are a colleague’s to judge', async () => {
    const { repairId } = await village.as('zhou').get('repairs', 'createFor', {
      requestId: newRequest(), houseId: null, category: 'public_area', urgency: 'normal', description: '疑似测试', photos: [], source: 'call',
      caller: { name: '路人', phone: null }, place: { building: '1', spot: '门厅' },
    })
    await orders.must('he', 'sendMessage', { repairId: await orders.report(), text: '疑似测试', photo: null })
    await village.tick()
    const reviews = await reviewsOf()
    const [words, said] = ['report', 'talk'].map((part) => reviews.find((review) => review.part === part)!)
    expect([await decide('zhou', words!.reviewId, true), await decide('he', said!.reviewId, true)]).toEqual(['FORBIDDEN', 'FORBIDDEN'])
    expect(await orders.stored(repairId)).toMatchObject({ textCheck: 'pending' })
    expect([await decide('he', words!.reviewId, true), await decide('zhou', said!.reviewId, true)]).toEqual(['OK', 'OK'])
  })

  it('is decided once: two at the same moment, the same request again, and somebody later', async () => {
    const repairId = await reportLift({ description: '疑似测试' })
    const { reviewId } = await onlyReview()
    const requestId = newRequest()
    const answers = await Promise.all([decide('he', reviewId, true, requestId), decide('zhou', reviewId, false)])
    expect(answers.sort()).toEqual(['ALREADY_REVIEWED', 'OK'])
    const { textCheck } = await orders.stored(repairId)
    expect(await decide('he', reviewId, true, requestId)).toBe(textCheck === 'passed' ? 'OK' : 'ALREADY_REVIEWED')
    expect(await decide('zhou', reviewId, true)).toBe('ALREADY_REVIEWED')
    expect(await orders.stored(repairId)).toMatchObject({ textCheck })
    expect((await village.documents('audits')).filter(({ action }) => action === 'repair-desk.decideContent')).toHaveLength(1)
  })

  /** A photo that WeChat doubted, and that a person then decided on; answers how to let WeChat speak again. */
  const decidedPhoto = async (isFit: boolean) => {
    const repairId = await reportLift({ photos: [await photoOf('zhao')] })
    const [asked] = await village.documents('photo_checks')
    await answer('review')
    expect(await decide('he', (await onlyReview()).reviewId, isFit)).toBe('OK')
    const speakAgain = async (suggest: string) => {
      await village.store('photo_checks', { ...asked!, askedAt: new Date() })
      await answer(suggest, [String(asked!._id)])
    }
    const check = async () => ((await orders.stored(repairId)).photos as { check: string }[])[0]!.check
    return { speakAgain, check }
  }

  it.each([[true, 'pass', 'passed'], [true, 'review', 'passed'], [false, 'pass', 'risky'], [false, 'review', 'risky'], [false, 'risky', 'risky']])(
    'fit %s, what WeChat says afterwards cannot overturn: %s', async (isFit, suggest, check) => {
      const photo = await decidedPhoto(isFit)
      await photo.speakAgain(suggest)
      expect(await photo.check()).toBe(check)
      expect(await reviewsOf()).toEqual([])
    })

  it('risky after a person passed it hides it at once and asks once more; the second word is the last', async () => {
    const photo = await decidedPhoto(true)
    await photo.speakAgain('risky')
    expect(await photo.check()).toBe('risky')
    const review = await onlyReview()
    expect(review.reason).toBe('contradicted')
    await photo.speakAgain('pass')
    expect([await photo.check(), (await reviewsOf()).length]).toEqual(['risky', 1])
    expect(await decide('zhou', review.reviewId, true)).toBe('OK')
    for (const suggest of ['risky', 'review', 'pass']) await photo.speakAgain(suggest)
    expect([await photo.check(), (await reviewsOf()).length]).toEqual(['passed', 0])
  })

  it('nobody can decide on what was erased', async () => {
    await orders.report({ description: '疑似测试', photos: [await photoOf('wang')] })
    await village.tick()
    await answer('review')
    const reviews = await reviewsOf()
    expect(reviews).toHaveLength(2)
    expect(await codeOf(village.as('wang').call('account', 'deleteAccount', { requestId: newRequest(), hasRead: true }))).toBe('OK')
    const left = (await village.documents('content_reviews')).map(({ _id }) => _id)
    for (const { reviewId } of reviews) expect(left).not.toContain(reviewId)
    for (const { reviewId } of reviews) expect(await decide('he', reviewId, true)).toBe('NOT_FOUND')
  })

  it('a member whose work it is not cannot, and a stranger cannot', async () => {
    await reportLift({ description: '疑似测试' })
    const { reviewId } = await onlyReview()
    for (const who of ['zhao', 'chen', 'qian', 'sun', 'stranger']) expect(await decide(who, reviewId, true)).toBe('FORBIDDEN')
  })
})

describe('a film and a voice', () => {
  /** A report that neighbours may read, with both. */
  const spoken = async () => {
    const { uploadPrefix } = await village.as('zhao').get('repairs', 'prepare', {})
    const [video, fileId] = [await village.as('zhao').upload(`${uploadPrefix}/202611/lift.mp4`), await village.as('zhao').upload(`${uploadPrefix}/202611/lift.mp3`)]
    const repairId = await reportLift({ video, voice: { fileId, seconds: 9 }, photos: [await photoOf('zhao')] })
    await answer('pass')
    return { repairId, files: [video, fileId] }
  }

  it('are in no reply to a neighbour: not what is offered, not what a follower reads, not a list, not home; nor that there are any', async () => {
    const { repairId } = await spoken()
    expect(await neighbourSees(repairId)).toBe(true)
    const detail = await followed(repairId)
    expect(detail).toMatchObject({ description: '电梯里有异响', video: null, voice: null, hasVideo: false, hasVoice: false, photos: [{ url: expect.any(String) }] })
    const li = village.as('li')
    const replies = [
      detail, await li.get('repairs', 'similar', { houseId: 'h-1-2-302', text: '电梯' }), await li.get('repairs', 'list', { houseId: 'h-1-2-302' }),
      await li.get('home', 'open', {}), await li.get('messages', 'list', {}), await li.get('incidents', 'list', { houseId: 'h-1-2-302' }),
    ]
    expect(JSON.stringify(replies)).not.toMatch(/mp[34]/)
    expect(await codeOf(li.call('repairs', 'messages', { repairId }))).toBe('NOT_FOUND')
    for (const who of ['zhao', 'he']) expect((await village.as(who).get('repairs', 'get', { repairId })).repair).toMatchObject({ video: { url: expect.any(String) }, voice: { url: expect.any(String) } })
  })

  it('are no files any more once their author has deleted the account', async () => {
    const { repairId, files } = await spoken()
    const { repair } = await village.as('zhao').get('repairs', 'get', { repairId })
    const urls = [repair.video!.url!, repair.voice!.url!]
    const statuses = () => Promise.all(urls.map(async (url) => (await fetch(url)).status))
    expect(await statuses()).toEqual([200, 200])
    expect(await codeOf(village.as('zhao').call('account', 'deleteAccount', { requestId: newRequest(), hasRead: true }))).toBe('OK')
    expect(await statuses()).toEqual([404, 404])
    expect(JSON.stringify(await village.documents('repairs'))).not.toContain(files[0])
  })
})

describe('a check that is down', () => {
  it('holds words and photos from neighbours and from nobody else, and after a day asks a person', async () => {
    await isCheckDown(true)
    const repairId = await reportLift({ photos: [await photoOf('zhao')] })
    await village.tick(hoursOn(23))
    expect(await reviewsOf()).toEqual([])
    expect(await neighbourSees(repairId)).toBe(false)
    expect((await village.as('he').get('repairs', 'get', { repairId })).repair).toMatchObject({ description: '电梯里有异响', photos: [{ url: expect.any(String) }] })
    await village.tick(hoursOn(25))
    await village.tick(hoursOn(26))
    expect((await reviewsOf()).map(({ reason, words }) => [reason, words]).sort()).toEqual([['unanswered', ''], ['unanswered', '电梯\n电梯里有异响']])
    await isCheckDown(false)
    const [words] = (await reviewsOf()).filter((review) => review.words !== '')
    expect(await decide('he', words!.reviewId, true)).toBe('OK')
    expect(await neighbourSees(repairId)).toBe(true)
    // The words passed, the photo has not: a follower reads the one without the other.
    expect(await followed(repairId)).toMatchObject({ description: '电梯里有异响', photos: [], photoCount: 0 })
    const [photo] = await reviewsOf()
    expect(await decide('he', photo!.reviewId, true)).toBe('OK')
    expect((await followed(repairId)).photos).toMatchObject([{ url: expect.any(String) }])
  })

  it('holds no message from the other side of the talk, and after a day asks a person about its words and its photo', async () => {
    const repairId = await orders.assigned()
    await village.tick()
    await isCheckDown(true)
    await orders.must('wang', 'sendMessage', { repairId, text: '明天来吗', photo: await orders.photoOf('wang', repairId) })
    await village.tick()
    expect((await village.as('chen').get('repairs', 'messages', { repairId })).messages).toMatchObject([{ text: '明天来吗', isHidden: false, photo: { url: expect.any(String) } }])
    expect(await reviewsOf()).toEqual([])
    await village.tick(hoursOn(25))
    expect((await reviewsOf()).map(({ part, words, reason }) => [part, words, reason]).sort()).toEqual([['talk', '', 'unanswered'], ['talk', '明天来吗', 'unanswered']])
    await isCheckDown(false)
  })

  it('cannot be asked any more about somebody not seen for two hours: a person is, at once', async () => {
    for (const name of ['security.msgSecCheck', 'security.mediaCheckAsync']) await village.post('/control/fault', { kind: 'api', name, errcode: 61010, times: 1 })
    await reportLift({ photos: [await photoOf('zhao')] })
    expect((await reviewsOf()).map(({ reason }) => reason)).toEqual(['unanswered', 'unanswered'])
  })

  it('is not waited for longer than a day: a photo whose answer never came is asked about once, and a late answer still counts', async () => {
    const repairId = await orders.report({ photos: [await photoOf('wang')] })
    await village.tick()
    const night = async (hours: number) => {
      await village.post('/control/timer', { name: 'nightly', time: hoursOn(hours) })
      await village.tick(hoursOn(hours))
    }
    await night(23)
    expect(await reviewsOf()).toEqual([])
    await night(25)
    await night(49)
    expect(await onlyReview()).toMatchObject({ reason: 'unanswered', part: 'report' })
    await answer('pass')
    expect(await reviewsOf()).toEqual([])
    expect((await orders.stored(repairId)).photos).toMatchObject([{ check: 'passed' }])
    expect(await traces()).toEqual([])
  })
})

it('no call took more round trips than declared', () => {
  expect(village.lines.filter((line) => line.overBudget !== undefined || line.code === 'INTERNAL')).toEqual([])
})
