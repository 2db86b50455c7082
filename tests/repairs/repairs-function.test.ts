import { newRequest, openVillage, type Phone, type Village } from '../support/village'

let village: Village
beforeAll(async () => { village = await openVillage() })
afterAll(() => village.close())

const broken = { houseId: 'h-3-2-501', category: 'plumbing', urgency: 'normal', description: '水龙头漏水', photos: [] as string[] } as const
const report = async (phone: Phone = village.as('wang'), what: Partial<Omit<typeof broken, 'urgency'>> & { urgency?: 'normal' | 'urgent' } = {}) =>
  (await phone.get('repairs', 'create', { ...broken, ...what, requestId: newRequest() })).repairId
const assigned = async () => {
  const repairId = await report()
  await village.as('he').get('repairs', 'assign', { repairId, requestId: newRequest(), technicianId: 'm-chen' })
  return repairId
}
const started = async () => {
  const repairId = await assigned()
  await village.as('chen').get('repairs', 'start', { repairId, requestId: newRequest() })
  return repairId
}
const stored = async (repairId: string) => (await village.documents('repairs')).find((repair) => repair._id === repairId)
const codeOf = async (answer: Promise<{ ok: boolean; error?: { code: string; reason?: string } }>) => {
  const { ok, error } = await answer
  return ok ? 'OK' : (error!.reason ?? error!.code)
}

describe('repairs.prepare', () => {
  it('a resident can open the form: their house, what may be chosen, how much fits', async () => {
    expect(await village.as('wang').get('repairs', 'prepare', {})).toEqual({
      houses: [{ houseId: 'h-3-2-501', label: '3号楼2单元501', communityName: '梨花苑', building: '3' }],
      categories: ['plumbing', 'electrical', 'door_window', 'wall_floor', 'appliance', 'public_area', 'other'],
      limits: { photoCount: 9, descriptionLength: 500, noteLength: 200, messageLength: 300, spotLength: 40, videoSeconds: 30, voiceSeconds: 60 },
      uploadPrefix: expect.stringMatching(/^repairs\/[0-9a-f]{24}$/),
      emergencyPhone: '021-5550-1999',
      spots: expect.arrayContaining(['电梯', '楼道']),
      suggestions: expect.arrayContaining([expect.objectContaining({ category: 'plumbing', urgency: null })]),
      ratingTags: expect.arrayContaining(['来得快', '没修好']),
    })
  })

  it.each(['chen', 'qian', 'sun'])('%s, who lives nowhere here, cannot', async (who) => {
    expect(await codeOf(village.as(who).call('repairs', 'prepare', {}))).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await codeOf(village.as('stranger').call('repairs', 'prepare', {}))).toBe('FORBIDDEN')
  })
})

describe('repairs.create', () => {
  it('a resident can report with two photos, and everything they wrote is stored', async () => {
    const wang = village.as('wang')
    const { uploadPrefix } = await wang.get('repairs', 'prepare', {})
    const photos = [await wang.upload(`${uploadPrefix}/202611/one.jpg`), await wang.upload(`${uploadPrefix}/202611/two.jpg`)]
    const { repairId } = await wang.get('repairs', 'create', { ...broken, urgency: 'urgent', photos, requestId: newRequest() })
    expect(await stored(repairId)).toMatchObject({
      communityId: 'c-lihua', houseId: 'h-3-2-501', houseLabel: '3号楼2单元501', urgency: 'urgent', status: 'submitted', description: '水龙头漏水',
      photos: [{ fileId: photos[0], check: 'pending' }, { fileId: photos[1], check: 'pending' }],
      contact: { memberId: 'm-wang', name: '王秀英', maskedPhone: '138****5010' },
    })
  })

  it('a double tap and a retry make one order', async () => {
    const wang = village.as('wang')
    const request = { ...broken, description: '双击测试', requestId: newRequest() }
    const replies = await Promise.all([1, 2, 3].map(() => wang.get('repairs', 'create', request)))
    replies.push(await wang.get('repairs', 'create', request))
    expect(new Set(replies.map(({ repairId }) => repairId)).size).toBe(1)
    expect((await village.documents('repairs')).filter(({ description }) => description === '双击测试')).toHaveLength(1)
  })

  it('two people’s equal request ids are two orders', async () => {
    const requestId = newRequest()
    const first = await village.as('wang').get('repairs', 'create', { ...broken, requestId })
    const second = await village.as('li').get('repairs', 'create', { ...broken, requestId })
    expect(first.repairId).not.toBe(second.repairId)
  })

  it("a resident cannot report for another household: the house does not exist for them", async () => {
    expect(await codeOf(village.as('zhao').call('repairs', 'create', { ...broken, requestId: newRequest() }))).toBe('NOT_FOUND')
  })

  it("a resident cannot attach somebody else's photo, a file elsewhere, or one photo twice", async () => {
    const wang = village.as('wang')
    const { uploadPrefix } = await wang.get('repairs', 'prepare', {})
    const others = (await village.as('zhao').get('repairs', 'prepare', {})).uploadPrefix
    const attempt = (photos: string[]) => wang.call('repairs', 'create', { ...broken, photos, requestId: newRequest() })
    for (const photos of [
      [`cloud://local-env.x/${others}/a.jpg`], [`cloud://local-env.x/${uploadPrefix}/../secret.jpg`], ['cloud://local-env.x/public/a.jpg'],
      [`cloud://local-env.x/${uploadPrefix}/a.jpg`, `cloud://local-env.x/${uploadPrefix}/a.jpg`],
    ]) {
      const answer = await attempt(photos)
      expect(answer).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', fields: { photos: expect.any(String) } } })
    }
  })

  it('what is missing or too long is marked field by field, in words', async () => {
    const wang = village.as('wang')
    const attempt = (what: object) => wang.callRaw('repairs', { action: 'create', input: { ...broken, requestId: newRequest(), ...what } })
    expect(await attempt({ description: '  ' })).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', message: '请写下哪里坏了', fields: { description: '请写下哪里坏了' } } })
    expect(await attempt({ description: '长'.repeat(501) })).toMatchObject({ error: { fields: { description: '最多 500 个字' } } })
    expect(await attempt({ photos: Array.from({ length: 10 }, (_, i) => `cloud://a/${i}.jpg`) })).toMatchObject({ error: { fields: { photos: '最多 9 张照片' } } })
    expect(await attempt({ openid: 'o-village-he', status: 'completed' })).toMatchObject({ error: { code: 'INVALID_INPUT' } })
  })

  it.each(['chen', 'he', 'qian', 'sun', 'zhou'])('%s, staff without a house here, cannot', async (who) => {
    expect(await codeOf(village.as(who).call('repairs', 'create', { ...broken, requestId: newRequest() }))).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await codeOf(village.as('stranger').call('repairs', 'create', { ...broken, requestId: newRequest() }))).toBe('FORBIDDEN')
  })

  it('the desk is told, once, though the message is delivered twice and swept as well', async () => {
    await village.as('he').allow('TMPL-repair-submitted', 'TMPL-repair-submitted')
    const answer = await village.as('wang').call('repairs', 'create', { ...broken, description: '下水道堵了', requestId: newRequest() })
    const jobIds = (answer as { owed: string[] }).owed
    expect(jobIds).toHaveLength(1)
    await Promise.all([1, 2].map(() => village.as('wang').get('messages', 'deliver', { jobIds })))
    await village.tick()
    for (const who of ['he', 'zhou', 'chen']) {
      const { messages } = await village.as(who).get('messages', 'list', {})
      expect(messages.filter(({ body }) => body === '3号楼2单元501：下水道堵了')).toHaveLength(1)
    }
    expect((await village.outbox('he')).filter((message) => JSON.stringify(message).includes('下水道堵了'))).toHaveLength(1)
    expect(await village.owed()).toEqual([])
  })
})

describe('repairs.list', () => {
  it('a resident can read the household’s orders, newest first, page after page', async () => {
    const zhao = village.as('zhao')
    for (let i = 0; i < 21; i += 1) await report(zhao, { houseId: 'h-1-1-201', description: `第${i}件` } as never)
    const first = await zhao.get('repairs', 'list', { houseId: 'h-1-1-201' })
    expect(first.repairs).toHaveLength(20)
    expect(first.repairs[0]).toMatchObject({ description: '第20件', status: 'submitted', houseLabel: '1号楼1单元201', photoCount: 0, assigneeName: null })
    const second = await zhao.get('repairs', 'list', { houseId: 'h-1-1-201', cursor: first.nextCursor! })
    expect(second.repairs.map(({ description }) => description)).toEqual([
      '第0件', '1号楼1单元电梯停在3楼，门开着不动，里面没有人', '热水器烧不热，显示 E3', '书房插座插上去没有电', '入户门锁转不动，钥匙要拧很多次才能开',
      '卫生间门口的地砖空鼓，踩上去会响', '阳台地漏下水很慢，洗衣服的水会漫出来',
    ])
    expect(second.nextCursor).toBeNull()
  })

  it('a tenant can read what the owner of the same house reported', async () => {
    const repairId = await report()
    const { repairs } = await village.as('li').get('repairs', 'list', { houseId: 'h-3-2-501' })
    expect(repairs.map((repair) => repair.repairId)).toContain(repairId)
  })

  it.each([
    ['of no schema', { schema: undefined }], ['of an unknown past', { schema: 0 }], ['without a time', { submittedAt: 'yesterday' }],
    ['in a state of a later release', { status: 'teleported' }],
  ])('an order %s is left out of the list, and breaks nothing', async (_how, damage) => {
    const [order] = (await village.documents('repairs')).filter(({ houseId }) => houseId === 'h-3-2-501')
    const _id = `r-damaged-${JSON.stringify(damage).length}-${Object.keys(damage)[0]}`
    await village.store('repairs', { ...order, submittedAt: new Date(), _id, orderKey: `9999_${_id}`, stage: 'done', isOpen: true, ...damage })
    const { repairs } = await village.as('wang').get('repairs', 'list', { houseId: 'h-3-2-501' })
    expect(repairs.length).toBeGreaterThan(0)
    expect(repairs.map(({ repairId }) => repairId)).not.toContain(_id)
    await village.as('wang').get('home', 'open', {})
  })

  it('an order that cannot be read does not hide those behind it', async () => {
    const [order] = (await village.documents('repairs')).filter(({ houseId }) => houseId === 'h-1-1-201')
    await village.store('repairs', { ...order, _id: 'r-damaged-first', orderKey: '9999_first', stage: 'done', submittedAt: 'yesterday' })
    const zhao = village.as('zhao')
    const first = await zhao.get('repairs', 'list', { houseId: 'h-1-1-201' })
    const second = await zhao.get('repairs', 'list', { houseId: 'h-1-1-201', cursor: first.nextCursor! })
    expect(first.repairs).toHaveLength(19)
    expect(second.repairs.map(({ description }) => description)).toEqual([
      '第1件', '第0件', '1号楼1单元电梯停在3楼，门开着不动，里面没有人', '热水器烧不热，显示 E3', '书房插座插上去没有电', '入户门锁转不动，钥匙要拧很多次才能开',
      '卫生间门口的地砖空鼓，踩上去会响', '阳台地漏下水很慢，洗衣服的水会漫出来',
    ])
  })

  it("a resident cannot read another household's list", async () => {
    expect(await codeOf(village.as('zhao').call('repairs', 'list', { houseId: 'h-3-2-501' }))).toBe('NOT_FOUND')
  })

  it('a tenant whose lease has ended cannot, from the next call on', async () => {
    await village.post('/control/clock', { now: '2027-09-01T00:00:01+08:00' })
    expect(await codeOf(village.as('li').call('repairs', 'list', { houseId: 'h-3-2-501' }))).toBe('FORBIDDEN')
    await village.post('/control/clock', { now: null })
  })

  it.each(['qian', 'sun'])('%s cannot', async (who) => {
    expect(await codeOf(village.as(who).call('repairs', 'list', { houseId: 'h-3-2-501' }))).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await codeOf(village.as('stranger').call('repairs', 'list', { houseId: 'h-3-2-501' }))).toBe('FORBIDDEN')
  })
})

describe('repairs.get', () => {
  it('a resident can read the order with its photos and every step of its story', async () => {
    const { repair } = await village.as('wang').get('repairs', 'get', { repairId: 'r-village-wall' })
    expect(repair).toMatchObject({ status: 'closed', contact: null, nextSteps: ['rate'], assigneeName: '陈师傅', waitsFor: null })
    expect(repair.timeline.map(({ step, byName, assigneeName, note }) => [step, byName, assigneeName, note])).toEqual([
      ['submit', '王秀英', null, ''], ['escalate', '系统', null, '超过 15 分钟没有师傅接单'], ['assign', '周婷', '陈师傅', ''], ['start', '陈师傅', null, ''],
      ['quote', '陈师傅', null, '外墙裂缝打胶，内墙铲掉起皮再补刷'], ['accept', '王秀英', null, ''],
      ['complete', '陈师傅', null, '外墙裂缝已打胶，内墙干透后补刷，一周后再看'], ['close', '系统', null, ''],
    ])
    const photo = await fetch(repair.photos[0]!.url!)
    expect(photo.status).toBe(200)
  })

  it('whoever works on it can see whom to ask for, the number masked', async () => {
    const { repair, uploadPrefix } = await village.as('chen').get('repairs', 'get', { repairId: 'r-village-door' })
    expect(repair.contact).toEqual({ name: '赵建国', maskedPhone: '137****2012' })
    expect(repair.nextSteps).toEqual(['record', 'quote', 'complete', 'hold', 'transfer', 'return'])
    expect(uploadPrefix).toMatch(/^repairs\//)
  })

  it('a technician cannot see whom to ask for before the order is his', async () => {
    expect((await village.as('chen').get('repairs', 'get', { repairId: 'r-village-tap' })).repair.contact).toBeNull()
  })

  it("another household's order and one that does not exist cannot be told apart", async () => {
    const zhao = village.as('zhao')
    const [theirs, nobodys] = [await zhao.call('repairs', 'get', { repairId: 'r-village-tap' }), await zhao.call('repairs', 'get', { repairId: 'r-nothing' })]
    expect(theirs).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
    expect({ ...theirs, error: { ...(theirs as { error: object }).error, requestId: '' } }).toEqual({ ...nobodys, error: { ...(nobodys as { error: object }).error, requestId: '' } })
  })

  it('neither an openid nor a role in the event changes who is asking', async () => {
    const zhao = village.as('zhao')
    const forged = { action: 'get', input: { repairId: 'r-village-tap' }, openid: 'o-village-wang', userInfo: { openId: 'o-village-wang' }, role: 'manager' }
    expect(await zhao.callRaw('repairs', forged)).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
  })

  it.each(['qian', 'sun'])('%s cannot', async (who) => {
    expect(await codeOf(village.as(who).call('repairs', 'get', { repairId: 'r-village-tap' }))).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await codeOf(village.as('stranger').call('repairs', 'get', { repairId: 'r-village-tap' }))).toBe('FORBIDDEN')
  })

  it('an order with a field nobody declared does not show it', async () => {
    const answer = await village.as('wang').call('repairs', 'get', { repairId: 'r-village-tap' })
    expect(JSON.stringify(answer)).not.toMatch(/queueKey|requestId":"r-village|openid|memberId/)
  })
})

describe('repairs.cancel', () => {
  it('a resident can cancel what nobody has started', async () => {
    const repairId = await assigned()
    expect(await village.as('li').get('repairs', 'cancel', { repairId, requestId: newRequest(), note: '好了' })).toEqual({ repairId, status: 'cancelled' })
  })

  it('a resident cannot cancel once work has started', async () => {
    expect(await codeOf(village.as('wang').call('repairs', 'cancel', { repairId: await started(), requestId: newRequest() }))).toBe('REPAIR_WORK_HAS_STARTED')
  })

  it("a resident cannot cancel another household's order", async () => {
    expect(await codeOf(village.as('zhao').call('repairs', 'cancel', { repairId: await report(), requestId: newRequest() }))).toBe('NOT_FOUND')
  })

  it('the same request again changes nothing and is not refused', async () => {
    const request = { repairId: await report(), requestId: newRequest() }
    await village.as('wang').get('repairs', 'cancel', request)
    expect(await village.as('wang').get('repairs', 'cancel', request)).toMatchObject({ status: 'cancelled' })
    expect((await stored(request.repairId))!.timeline).toHaveLength(2)
  })

  it('the assigned technician is told not to come', async () => {
    const repairId = await assigned()
    await village.as('wang').get('repairs', 'cancel', { repairId, requestId: newRequest() })
    await village.tick()
    const { messages } = await village.as('chen').get('messages', 'list', {})
    expect(messages[0]).toMatchObject({ title: '报修已取消', body: '3号楼2单元501的报修已取消，不用上门了', isRead: false })
  })

  it.each(['chen', 'qian', 'sun'])('%s cannot', async (who) => {
    expect(await codeOf(village.as(who).call('repairs', 'cancel', { repairId: 'r-village-tap', requestId: newRequest() }))).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await codeOf(village.as('stranger').call('repairs', 'cancel', { repairId: 'r-village-tap', requestId: newRequest() }))).toBe('FORBIDDEN')
  })
})

describe('repairs.claim', () => {
  it('a technician can take an order nobody has', async () => {
    const repairId = await report()
    expect(await village.as('chen').get('repairs', 'claim', { repairId, requestId: newRequest() })).toEqual({ repairId, status: 'assigned' })
    expect(await stored(repairId)).toMatchObject({ assignee: { memberId: 'm-chen', name: '陈师傅' } })
  })

  it('a hundred parallel grabs have exactly one winner', async () => {
    const repairId = await report()
    const grabs = await Promise.all(Array.from({ length: 100 }, () => codeOf(village.as('chen').call('repairs', 'claim', { repairId, requestId: newRequest() }))))
    expect(grabs.filter((code) => code === 'OK')).toHaveLength(1)
    expect(new Set(grabs)).toEqual(new Set(['OK', 'REPAIR_ALREADY_CLAIMED']))
    expect((await stored(repairId))!.timeline).toHaveLength(2)
  }, 60_000)

  it.each(['wang', 'he', 'zhou', 'qian', 'sun'])('%s cannot', async (who) => {
    expect(await codeOf(village.as(who).call('repairs', 'claim', { repairId: 'r-village-tap', requestId: newRequest() }))).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await codeOf(village.as('stranger').call('repairs', 'claim', { repairId: 'r-village-tap', requestId: newRequest() }))).toBe('FORBIDDEN')
  })
})

describe('repairs.assign', () => {
  it.each(['he', 'zhou'])('%s can send a technician, who is told, and so is the household', async (who) => {
    const repairId = await report()
    expect(await village.as(who).get('repairs', 'assign', { repairId, requestId: newRequest(), technicianId: 'm-chen' })).toEqual({ repairId, status: 'assigned' })
    await village.tick()
    const heard = async (person: string) => (await village.as(person).get('messages', 'list', {})).messages[0]!.body
    expect(await heard('chen')).toBe(`${who === 'he' ? '何管理员' : '周客服'}把3号楼2单元501的报修派给了您`)
    expect(await heard('wang')).toBe('您的报修已派给陈师傅，会尽快与您联系')
    expect(await heard('li')).toBe('您的报修已派给陈师傅，会尽快与您联系')
  })

  it('nobody can be sent who is not a technician here', async () => {
    const repairId = await report()
    for (const technicianId of ['m-sun', 'm-wang', 'm-nobody']) {
      expect(await village.as('he').call('repairs', 'assign', { repairId, requestId: newRequest(), technicianId }))
        .toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', fields: { technicianId: expect.any(String) } } })
    }
  })

  it.each(['wang', 'chen', 'qian', 'sun'])('%s cannot', async (who) => {
    expect(await codeOf(village.as(who).call('repairs', 'assign', { repairId: 'r-village-tap', requestId: newRequest(), technicianId: 'm-chen' }))).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await codeOf(village.as('stranger').call('repairs', 'assign', { repairId: 'r-village-tap', requestId: newRequest(), technicianId: 'm-chen' }))).toBe('FORBIDDEN')
  })
})

describe('repairs.start', () => {
  it('the assignee can start', async () => {
    const repairId = await assigned()
    expect(await village.as('chen').get('repairs', 'start', { repairId, requestId: newRequest() })).toEqual({ repairId, status: 'in_progress' })
  })

  it('a technician cannot start what is not his', async () => {
    expect(await codeOf(village.as('chen').call('repairs', 'start', { repairId: await report(), requestId: newRequest() }))).toBe('FORBIDDEN')
  })

  it.each(['wang', 'he', 'zhou', 'qian', 'sun'])('%s cannot', async (who) => {
    expect(await codeOf(village.as(who).call('repairs', 'start', { repairId: 'r-village-lamp', requestId: newRequest() }))).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await codeOf(village.as('stranger').call('repairs', 'start', { repairId: 'r-village-lamp', requestId: newRequest() }))).toBe('FORBIDDEN')
  })
})

describe('repairs.complete', () => {
  it('the assignee can finish with a note and photos, and the household reads them', async () => {
    const repairId = await started()
    const chen = village.as('chen')
    const { uploadPrefix } = await chen.get('repairs', 'get', { repairId })
    const photos = [await chen.upload(`${uploadPrefix}/202611/${repairId}.jpg`)]
    await chen.get('repairs', 'complete', { repairId, requestId: newRequest(), note: '换了阀芯', photos })
    const { repair } = await village.as('wang').get('repairs', 'get', { repairId })
    expect(repair.status).toBe('completed')
    expect(repair.timeline.at(-1)).toMatchObject({ note: '换了阀芯', photos: [{ fileId: photos[0], url: expect.stringContaining('/file/') }] })
  })

  it('work cannot be finished without saying what was done, nor before it was started', async () => {
    const chen = village.as('chen')
    expect(await chen.call('repairs', 'complete', { repairId: await started(), requestId: newRequest(), note: ' ', photos: [] }))
      .toMatchObject({ ok: false, error: { fields: { note: '请写下做了什么' } } })
    expect(await codeOf(chen.call('repairs', 'complete', { repairId: await assigned(), requestId: newRequest(), note: '好了', photos: [] }))).toBe('REPAIR_NOT_COMPLETABLE')
  })

  it.each(['wang', 'he', 'zhou', 'qian', 'sun'])('%s cannot', async (who) => {
    expect(await codeOf(village.as(who).call('repairs', 'complete', { repairId: 'r-village-door', requestId: newRequest(), note: '好了', photos: [] }))).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await codeOf(village.as('stranger').call('repairs', 'complete', { repairId: 'r-village-door', requestId: newRequest(), note: '好了', photos: [] }))).toBe('FORBIDDEN')
  })
})

describe('repairs.queue', () => {
  it('the desk can read what waits, urgent first, and the count equals the list', async () => {
    const urgent = await report(village.as('wang'), { urgency: 'urgent' })
    const he = village.as('he')
    const { counts, ...first } = await he.get('repairs', 'queue', { stage: 'waiting' })
    expect(first.repairs[0]).toMatchObject({ repairId: 'r-village-lift', urgency: 'urgent' })
    expect(first.repairs.map(({ repairId }) => repairId)).toContain(urgent)
    const all = [...first.repairs]
    for (let cursor = first.nextCursor; cursor !== null;) {
      const next = await he.get('repairs', 'queue', { stage: 'waiting', cursor })
      all.push(...next.repairs)
      cursor = next.nextCursor
    }
    expect(all).toHaveLength(counts.waiting)
    expect(all.map(({ urgency }) => urgency)).toEqual(all.map(({ urgency }) => urgency).sort((a, b) => (a === b ? 0 : a === 'urgent' ? -1 : 1)))
  })

  it('a technician can read his own work, and the counts are of his own lists', async () => {
    const { repairs, counts } = await village.as('chen').get('repairs', 'queue', { stage: 'working' })
    expect(new Set(repairs.map(({ assigneeName }) => assigneeName))).toEqual(new Set(['陈师傅']))
    expect(counts.working).toBe(repairs.length)
  })

  it('somebody who was staff a moment ago cannot: the post is looked up at every call', async () => {
    await village.alter('members', 'm-zhou', { post: null })
    expect(await codeOf(village.as('zhou').call('repairs', 'queue', { stage: 'waiting' }))).toBe('FORBIDDEN')
    await village.alter('members', 'm-zhou', { post: { role: 'clerk', communityId: 'c-lihua', communityName: '梨花苑', buildings: null } })
    expect(await codeOf(village.as('zhou').call('repairs', 'queue', { stage: 'waiting' }))).toBe('OK')
  })

  it.each(['wang', 'qian', 'sun'])('%s cannot', async (who) => {
    expect(await codeOf(village.as(who).call('repairs', 'queue', { stage: 'waiting' }))).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await codeOf(village.as('stranger').call('repairs', 'queue', { stage: 'waiting' }))).toBe('FORBIDDEN')
  })
})

describe('repairs.technicians', () => {
  it('whoever sends technicians can see how much each has', async () => {
    const { counts } = await village.as('chen').get('repairs', 'queue', { stage: 'working' })
    expect(await village.as('zhou').get('repairs', 'technicians', {})).toEqual({ technicians: [{ memberId: 'm-chen', name: '陈师傅', workingCount: counts.working, isOnDuty: true }] })
  })

  it.each(['wang', 'qian', 'sun'])('%s cannot', async (who) => {
    expect(await codeOf(village.as(who).call('repairs', 'technicians', {}))).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await codeOf(village.as('stranger').call('repairs', 'technicians', {}))).toBe('FORBIDDEN')
  })
})

describe('repairs.revealContact', () => {
  it('whoever works on the order can call, and it is written down who looked', async () => {
    expect(await village.as('chen').get('repairs', 'revealContact', { repairId: 'r-village-door' })).toEqual({ name: '赵建国', phone: '13700132012' })
    expect((await village.documents('audits')).at(-1)).toMatchObject({ actorId: 'm-chen', action: 'repairs.revealContact', subjectId: 'm-zhao' })
  })

  it('a technician cannot look before the order is his, and nothing is written', async () => {
    const before = (await village.documents('audits')).length
    expect(await codeOf(village.as('chen').call('repairs', 'revealContact', { repairId: 'r-village-tap' }))).toBe('FORBIDDEN')
    expect(await village.documents('audits')).toHaveLength(before)
  })

  it.each(['wang', 'zhao', 'qian', 'sun'])('%s cannot', async (who) => {
    expect(await codeOf(village.as(who).call('repairs', 'revealContact', { repairId: 'r-village-door' }))).toBe('FORBIDDEN')
  })

  it('a stranger cannot', async () => {
    expect(await codeOf(village.as('stranger').call('repairs', 'revealContact', { repairId: 'r-village-door' }))).toBe('FORBIDDEN')
  })
})

describe('what is kept and what is logged', () => {
  it('no clear phone number is stored anywhere', async () => {
    for (const collection of ['members', 'repairs', 'inbox', 'audits', 'jobs']) {
      expect(JSON.stringify(await village.documents(collection))).not.toMatch(/"1[3-9]\d{9}"/)
    }
  })

  it('no log line carries a name, a phone, an openid or what somebody wrote', () => {
    const log = JSON.stringify(village.lines)
    expect(village.lines.length).toBeGreaterThan(100)
    expect(log).not.toMatch(/王秀英|陈师傅|o-village|138\d{8}|水龙头/)
  })

  it('no call took more round trips than its action declares, and none failed inside', () => {
    expect(village.lines.filter((line) => line.overBudget !== undefined)).toEqual([])
    expect(village.lines.filter((line) => line.code === 'INTERNAL')).toEqual([])
  })
})
