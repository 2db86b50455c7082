import { loadPage, networkFailure, phone } from '../support/load-page'

const page = 'features/operations/pages/audit-list/audit-list'
const audit = {
  auditId: 'a1', at: '2026-11-24T12:23:00.000Z', actorId: 'm-he', actorName: '何静', action: 'operations.configure', subjectId: 'c-lihua',
  before: { name: '邻里物业', hasLogo: false }, after: { name: '梨花物业', hasLogo: true },
}
const open = (answer: (input: Record<string, unknown>) => unknown) => loadPage(page, { functions: { operations: { audits: answer } } })
const staff = [{ memberId: 'm-zhou', name: '周婷' }]
const searches = () => phone.asked('operations.audits').map(({ options }) => options)

describe('操作记录', () => {
  it('says who did what, when, and what changed', async () => {
    const list = await open(() => ({ audits: [audit], nextCursor: null, staff }))
    expect(list.text()).toContain('何静·改了设置2026年11月24日20:23')
    expect(list.text()).toContain('名称邻里物业→梨花物业')
    expect(list.text()).toContain('有标志否→是')
  })

  it('searches by person, by what was done, by days and by thing, a person and a thing never at once', async () => {
    const list = await open(() => ({ audits: [], nextCursor: null, staff }))
    await list.call('onStaff', { detail: { value: '1' } })
    await list.call('onAction', { detail: { value: '1' } })
    await list.call('onFrom', { detail: { value: '2026-11-20' } })
    await list.call('onSubject', { detail: { value: ' r-1 ' } })
    expect(searches()).toEqual([
      {}, { actorId: 'm-zhou' }, { actorId: 'm-zhou', action: 'members.agreePrivacy' }, { actorId: 'm-zhou', action: 'members.agreePrivacy', from: '2026-11-20' },
      { action: 'members.agreePrivacy', from: '2026-11-20', subjectId: 'r-1' },
    ])
    expect(list.text()).toContain('没有符合的记录')
    await list.call('onAll')
    expect(searches().at(-1)).toEqual({})
  })

  it('goes on at the bottom with the same search', async () => {
    const list = await open(({ cursor }) => ({ audits: [{ ...audit, auditId: cursor ? 'a2' : 'a1' }], nextCursor: cursor ? null : 'next', staff }))
    await list.call('onReachBottom')
    expect(searches()).toEqual([{}, { cursor: 'next' }])
    expect((list.data.rows as { auditId: string }[]).map(({ auditId }) => auditId)).toEqual(['a1', 'a2'])
  })

  it('never looks empty when it could not ask', async () => {
    const list = await open(() => { throw networkFailure() })
    expect(list.text()).toContain('暂时没能加载出来')
    expect(list.text()).not.toContain('还没有操作记录')
  })
})
