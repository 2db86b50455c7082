import { covers, members, usualScopes, type Post } from '../../cloudfunctions/_shared/member'

const post = (buildings: string[] | null): Post => ({ role: 'technician', communityId: 'c-lihua', communityName: '梨花苑', buildings })

describe('a member stored by release 0.1.0', () => {
  const stored = {
    _id: 'm-1', schema: 1, openid: 'o-1', name: '陈师傅', phone: null, phoneHash: null, maskedPhone: null, quotas: {},
    houses: [{ houseId: 'h-3-2-501', communityId: 'c-lihua', communityName: '梨花苑', houseLabel: '3号楼2单元501', relation: 'tenant', endsOn: null }],
    post: { role: 'technician', communityId: 'c-lihua', communityName: '梨花苑' },
  }

  it('keeps their post, for the whole community, and is found by it', () => {
    const { post, posts, postKeys } = members.upgrade(stored)
    expect(post).toEqual({ role: 'technician', communityId: 'c-lihua', communityName: '梨花苑', buildings: null })
    expect(posts).toEqual([post])
    expect(postKeys).toEqual(['c-lihua/technician'])
  })

  it('knows the building of their house, and what a tenant may do', () => {
    expect(members.upgrade(stored).houses).toEqual([{ ...stored.houses[0], building: '3', scopes: ['invite', 'report'], knownAs: '陈师傅', rosterId: null }])
  })

  it('can be read by its name alone', () => {
    expect(members.upgrade({ _id: 'm-1', schema: 1, name: '陈师傅' })).toMatchObject({ name: '陈师傅', houses: [], posts: [] })
  })

  it('holds no post when they held none', () => {
    expect(members.upgrade({ ...stored, post: null })).toMatchObject({ post: null, posts: [], postKeys: [] })
  })
})

describe('a post', () => {
  it.each([
    ['of a whole community', null, { communityId: 'c-lihua', building: '4' }, true],
    ['of some buildings', ['1', '3'], { communityId: 'c-lihua', building: '3' }, true],
    ['of some buildings, elsewhere', ['1', '3'], { communityId: 'c-lihua', building: '4' }, false],
    ['of some buildings, in no building', ['1', '3'], { communityId: 'c-lihua', building: null }, true],
    ['of another community', null, { communityId: 'c-taoyuan', building: null }, false],
  ])('%s covers what it should', (_, buildings, place, expected) => {
    expect(covers(post(buildings), place)).toBe(expected)
  })
})

it('a tenant sees no bills unless the owner says so', () => {
  expect(usualScopes('tenant')).toEqual(['invite', 'report'])
  expect(usualScopes('owner')).toEqual(['bills', 'pay', 'invite', 'report'])
})
