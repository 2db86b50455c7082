import { newRequest, openVillage, type Village } from '../support/village'
import { agree, documentOf, memberOfPhone, newCode, openidOf, phoneHashOf, phoneOf, putOnFile, settleIn, verify } from './newcomers'

let village: Village
beforeAll(async () => { village = await openVillage() })
beforeEach(() => village.again())
afterAll(() => village.close())

describe('members.verifyPhone', () => {
  it('a stranger whose number is on file can enter every house of theirs at once, and becomes a member then and not before', async () => {
    await putOnFile(village, 'haiyan', 'h-2-1-602')
    await putOnFile(village, 'haiyan', 'h-2-2-1101', 'tenant')
    await agree(village, 'haiyan')
    expect(await memberOfPhone(village, 'haiyan')).toBeUndefined()
    const answer = await verify(village, 'haiyan')
    expect(answer).toMatchObject({ ok: true, data: { contested: [], newPosts: [], maskedPhone: `${phoneOf('haiyan').slice(0, 3)}****${phoneOf('haiyan').slice(-4)}` } })
    expect(answer.ok && answer.data.newHouses.map(({ label, relation, scopes }) => [label, relation, scopes.length])).toEqual([
      ['2号楼1单元602', 'owner', 4], ['2号楼2单元1101', 'tenant', 2],
    ])
    const session = await village.as('haiyan').get('members', 'session', {})
    expect(session).toMatchObject({ member: { name: '新住户' }, privacy: { isAgreed: true }, houses: [{ label: '2号楼1单元602' }, { label: '2号楼2单元1101' }] })
  })

  it('a stranger nobody has on file can verify, has no house, and is told so', async () => {
    expect(await verify(village, 'newcomer')).toMatchObject({ ok: true, data: { newHouses: [], newPosts: [], contested: [] } })
    expect(await village.as('newcomer').get('members', 'session', {})).toMatchObject({ member: { name: '' }, houses: [], applications: [] })
  })

  it('a stranger cannot before agreeing to the privacy guide, and WeChat is not asked', async () => {
    const code = await newCode(village, 'hasty')
    expect(await village.as('hasty').call('members', 'verifyPhone', { requestId: newRequest(), code })).toMatchObject({ ok: false, error: { code: 'FORBIDDEN', reason: 'PRIVACY_NOT_AGREED' } })
    await agree(village, 'hasty')
    expect(await village.as('hasty').call('members', 'verifyPhone', { requestId: newRequest(), code })).toMatchObject({ ok: true })
  })

  it('nobody can bring a number of their own: only a code of WeChat counts', async () => {
    await putOnFile(village, 'haiyan', 'h-2-1-602')
    await agree(village, 'liar')
    for (const input of [
      { requestId: newRequest(), code: await newCode(village, 'liar'), phone: phoneOf('haiyan') },
      { requestId: newRequest(), code: await newCode(village, 'liar'), phoneHash: phoneHashOf('haiyan') },
      { requestId: newRequest(), code: await newCode(village, 'liar'), openid: openidOf('haiyan') },
    ]) expect(await village.as('liar').callRaw('members', { action: 'verifyPhone', input })).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } })
    expect(await village.as('liar').call('members', 'verifyPhone', { requestId: newRequest(), code: phoneOf('haiyan') }))
      .toMatchObject({ ok: false, error: { code: 'CONFLICT', reason: 'PHONE_CODE_EXPIRED' } })
  })

  it('a code is good once, but the same request again gets the same answer', async () => {
    await putOnFile(village, 'haiyan', 'h-2-1-602')
    await agree(village, 'haiyan')
    const request = { requestId: newRequest(), code: await newCode(village, 'haiyan') }
    const first = await village.as('haiyan').get('members', 'verifyPhone', request)
    expect(await village.as('haiyan').get('members', 'verifyPhone', request)).toEqual(first)
    expect(await village.as('haiyan').call('members', 'verifyPhone', { ...request, requestId: newRequest() })).toMatchObject({ ok: false, error: { reason: 'PHONE_CODE_EXPIRED' } })
  })

  it('eight taps at once make one member with one belonging', async () => {
    await putOnFile(village, 'haiyan', 'h-2-1-602')
    await agree(village, 'haiyan')
    const codes = await Promise.all(Array.from({ length: 8 }, () => newCode(village, 'haiyan')))
    const answers = await Promise.all(codes.map((code) => village.as('haiyan').call('members', 'verifyPhone', { requestId: newRequest(), code })))
    expect(answers.filter(({ ok }) => ok).length).toBeGreaterThan(0)
    const mine = (await village.documents('members')).filter(({ openid }) => openid === openidOf('haiyan'))
    expect(mine.map(({ houses }) => (houses as unknown[]).length)).toEqual([1])
  })

  it('two people claiming one house with one number: the second gets the number, not the house; 物业 decides, and the first is told', async () => {
    await putOnFile(village, 'haiyan', 'h-2-1-602')
    await verify(village, 'haiyan')
    expect(await verify(village, 'second', 'haiyan')).toMatchObject({ ok: true, data: { newHouses: [], contested: [{ communityName: '梨花苑' }] } })
    expect((await village.as('haiyan').get('members', 'session', {}))).toMatchObject({ member: { maskedPhone: null }, houses: [{ houseId: 'h-2-1-602' }] })
    expect((await village.as('second').get('members', 'session', {}))).toMatchObject({ houses: [], applications: [{ houseId: null, label: '登记了您手机号的房屋', status: 'pending' }] })
    await village.tick(new Date(Date.now() + 60_000).toISOString())
    expect((await village.as('haiyan').get('messages', 'list', {})).messages[0]).toMatchObject({ title: '手机号已在另一个微信认证' })
    const { applications } = await village.as('zhou').get('members', 'listApplications', { stage: 'pending' })
    expect(await village.as('zhou').get('members', 'getApplication', { applicationId: applications[0]!.applicationId })).toMatchObject({ decision: { onFile: 'same_phone' } })
  })

  it('“I got a recycled number and Linli told me where its last owner lives”: nothing the newcomer can read names the house or the person', async () => {
    await putOnFile(village, 'haiyan', 'h-2-1-602', 'owner', '海燕')
    await verify(village, 'haiyan')
    const read: unknown[] = [await verify(village, 'second', 'haiyan')]
    const second = village.as('second')
    const look = async () => {
      const { applications: [own], ...session } = await second.get('members', 'session', {})
      read.push(own, session, await second.get('members', 'getApplication', { applicationId: own!.applicationId }), await second.get('home', 'open', {}),
        await second.get('account', 'myData', {}), await second.get('account', 'exportMyData', {}), await second.get('messages', 'list', {}))
      return own!
    }
    const { applicationId } = await look()
    const { application } = await village.as('zhou').get('members', 'getApplication', { applicationId })
    expect(application).toMatchObject({ houseId: 'h-2-1-602', label: '2号楼1单元602', name: '海燕' })
    await village.as('zhou').get('members', 'reject', { requestId: newRequest(), applicationId, reason: '号码换了主人，请用自己的房号申请' })
    await village.tick(new Date(Date.now() + 60_000).toISOString())
    expect(await look()).toMatchObject({ status: 'rejected', reason: '号码换了主人，请用自己的房号申请' })
    expect((await second.get('messages', 'list', {})).messages[0]).toMatchObject({ title: '住户认证未通过' })
    expect(JSON.stringify(read)).not.toMatch(/602|h-2-1|2号楼|海燕/)
  })

  it('nor can the newcomer find the house by trying: an application for it is answered like any other', async () => {
    await putOnFile(village, 'haiyan', 'h-2-1-602')
    await verify(village, 'haiyan')
    await verify(village, 'second', 'haiyan')
    const answers = []
    for (const houseId of ['h-2-1-602', 'h-2-1-101']) {
      answers.push(await village.as('second').call('members', 'apply', { requestId: newRequest(), houseId, relation: 'owner', name: '陆小曼', note: '' }))
    }
    expect(answers).toEqual([1, 2].map(() => ({ ok: true, data: { applicationId: expect.any(String), status: 'pending' }, owed: [expect.any(String)] })))
    expect((await village.as('second').get('members', 'session', {})).applications.map(({ label }) => label)).toEqual(['登记了您手机号的房屋', '2号楼1单元602', '2号楼1单元101'])
    expect(await verify(village, 'second', 'haiyan')).toMatchObject({ ok: true, data: { contested: [{ communityName: '梨花苑' }] } })
  })

  it('the same person with a new WeChat has the house once the desk says so, and nothing of them waits any more', async () => {
    await putOnFile(village, 'haiyan', 'h-2-1-602', 'owner', '海燕')
    await verify(village, 'haiyan')
    await verify(village, 'second', 'haiyan')
    await village.as('second').get('members', 'apply', { requestId: newRequest(), houseId: 'h-2-1-602', relation: 'owner', name: '海燕', note: '' })
    const { applicationId } = (await village.as('second').get('members', 'session', {})).applications[0]!
    await village.as('zhou').get('members', 'approve', { requestId: newRequest(), applicationId, endsResidencyOf: [(await memberOfPhone(village, 'haiyan'))!._id] })
    expect(await village.as('second').get('members', 'session', {})).toMatchObject({ member: { name: '海燕' }, houses: [{ label: '2号楼1单元602' }], applications: [] })
    expect((await village.as('zhou').get('members', 'listApplications', { stage: 'pending' })).pendingCount).toBe(0)
  })

  it('a new number of the same person keeps their houses, and the file follows: the old number opens nothing for its next owner', async () => {
    const rosterId = await putOnFile(village, 'haiyan', 'h-2-1-602')
    await verify(village, 'haiyan')
    await verify(village, 'haiyan', 'newnumber')
    expect(await memberOfPhone(village, 'haiyan')).toMatchObject({ phoneHash: phoneHashOf('newnumber'), houses: [{ houseId: 'h-2-1-602' }] })
    expect(await documentOf(village, 'roster', rosterId)).toMatchObject({ phoneHash: phoneHashOf('newnumber'), version: 2 })
    expect(await verify(village, 'nextowner', 'haiyan')).toMatchObject({ ok: true, data: { newHouses: [], contested: [] } })
  })

  it('“I have two numbers on file for my flat and could not change to the second”: the row of the new number is theirs, the old one is gone', async () => {
    const old = await putOnFile(village, 'haiyan', 'h-2-1-602')
    await verify(village, 'haiyan')
    const second = await putOnFile(village, 'newnumber', 'h-2-1-602')
    expect(await verify(village, 'haiyan', 'newnumber')).toMatchObject({ ok: true })
    expect(await memberOfPhone(village, 'haiyan')).toMatchObject({ phoneHash: phoneHashOf('newnumber'), houses: [{ houseId: 'h-2-1-602', rosterId: second }] })
    expect(await documentOf(village, 'roster', old)).toBeUndefined()
  })

  it('a tenant whose time is over cannot come in again with the row they came from', async () => {
    const rosterId = await putOnFile(village, 'gone', 'h-2-1-602', 'tenant')
    await settleIn(village, 'gone', 'h-2-1-602', 'tenant', { rosterId, endsOn: '2026-01-31' })
    expect(await verify(village, 'gone')).toMatchObject({ ok: true, data: { newHouses: [], contested: [] } })
  })

  it('one person cannot try for ever, and hears when it works again', async () => {
    await agree(village, 'busy')
    const answers = []
    for (let n = 0; n < 11; n += 1) answers.push(await village.as('busy').call('members', 'verifyPhone', { requestId: newRequest(), code: 'no-code' }))
    expect(answers.slice(0, 10).every((answer) => !answer.ok && answer.error.reason === 'PHONE_CODE_EXPIRED')).toBe(true)
    expect(answers[10]).toMatchObject({ ok: false, error: { code: 'CONFLICT', reason: 'RATE_LIMITED', message: expect.stringMatching(/^操作太频繁了，请在 \d{2}:\d{2} 以后再试$/) } })
  })

  it('it is written down who verified, with nothing personal in it', async () => {
    await putOnFile(village, 'haiyan', 'h-2-1-602')
    await verify(village, 'haiyan')
    const member = (await memberOfPhone(village, 'haiyan'))!
    const [row] = (await village.documents('audits')).filter(({ action }) => action === 'members.verifyPhone')
    expect(row).toMatchObject({ actorId: member._id, subjectId: member._id, communityId: 'c-lihua', after: { houses: ['h-2-1-602'] } })
    const stored = (await Promise.all(['audits', 'members', 'roster', 'rate_limits', 'jobs', 'invitations'].map((name) => village.documents(name)))).flat()
    expect(JSON.stringify(stored)).not.toContain(phoneOf('haiyan'))
    expect(JSON.stringify(await village.documents('audits'))).not.toContain(openidOf('haiyan'))
    expect(JSON.stringify(village.lines)).not.toContain(phoneOf('haiyan'))
  })

  it('no call took more round trips than declared', () => {
    expect(village.lines.filter((line) => line.overBudget !== undefined || line.code === 'INTERNAL')).toEqual([])
  })
})
