import { newRequest, openVillage, type Village } from '../support/village'

let village: Village
beforeAll(async () => { village = await openVillage() })
afterAll(() => village.close())

describe('home.open', () => {
  it('a resident can see who they are, what is unfinished and how much is unread, in one call', async () => {
    const home = await village.as('wang').get('home', 'open', {})
    expect(home.session).toMatchObject({
      member: { memberId: 'm-wang', name: '王秀英', maskedPhone: '138****5010' },
      houses: [{ houseId: 'h-3-2-501', communityId: 'c-lihua', communityName: '梨花苑', label: '3号楼2单元501', relation: 'owner' }],
      post: null,
      brand: { name: '邻里物业', color: '#0f7b6c', logoUrl: null, servicePhone: '021-5550-1200', emergencyPhone: '021-5550-1999' },
      templateIds: ['TMPL-repair-progress', 'TMPL-incident'],
      quotaCount: 0,
    })
    expect(home.house?.houseId).toBe('h-3-2-501')
    expect(home.openRepairs.map(({ repairId }) => repairId)).toEqual(['r-village-tap', 'r-village-lamp'])
    expect(home.openRepairCount).toBe(2)
    expect(home.desk).toBeNull()
  })

  it('the unread count equals the unread rows of the inbox', async () => {
    const { unreadCount } = await village.as('wang').get('home', 'open', {})
    const { messages } = await village.as('wang').get('messages', 'list', {})
    expect(unreadCount).toBeGreaterThan(0)
    expect(unreadCount).toBe(messages.filter(({ isRead }) => !isRead).length)
  })

  it('at most three unfinished orders are shown, all are counted', async () => {
    const zhao = village.as('zhao')
    for (let i = 0; i < 3; i += 1) {
      await zhao.get('repairs', 'create', { requestId: newRequest(), houseId: 'h-1-1-201', category: 'other', urgency: 'normal', description: `第${i}件`, photos: [] })
    }
    const home = await zhao.get('home', 'open', { houseId: 'h-1-1-201' })
    expect(home.openRepairs).toHaveLength(3)
    expect(home.openRepairCount).toBe(9)
  })

  it.each(['chen', 'he', 'zhou'])('%s can see how much waits on the desk, the same as the desk says', async (who) => {
    const { desk } = await village.as(who).get('home', 'open', {})
    expect(desk).toEqual((await village.as(who).get('repairs', 'queue', { stage: 'waiting' })).counts)
  })

  it.each(['qian', 'sun'])('%s, who does not do repairs, cannot see the desk', async (who) => {
    expect((await village.as(who).get('home', 'open', {})).desk).toBeNull()
  })

  it("a resident cannot open another household's home", async () => {
    expect(await village.as('zhao').call('home', 'open', { houseId: 'h-3-2-501' })).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
  })

  it('a stranger can open it, and sees the company and nothing of anybody', async () => {
    expect(await village.as('stranger').get('home', 'open', {})).toEqual({
      session: {
        member: null, houses: [], post: null, posts: [], applications: [], privacy: { isAgreed: false, version: expect.any(String) }, templateIds: [], quotaCount: 0, serverTime: expect.any(String),
        brand: { name: '邻里物业', color: '#0f7b6c', logoUrl: null, servicePhone: '021-5550-1200', emergencyPhone: '021-5550-1999' },
      },
      house: null, openRepairs: [], openRepairCount: 0, incidents: [], unreadCount: 0, desk: null, owed: null,
    })
  })

  it('no call took more round trips than declared', () => {
    expect(village.lines.filter((line) => line.overBudget !== undefined || line.code === 'INTERNAL')).toEqual([])
  })
})
