import type { Status } from '../../cloudfunctions/operations/contract'
import { loadPage, networkFailure, refusal } from '../support/load-page'

const page = 'features/operations/pages/status/status'
const well: Status = {
  asOf: '2026-11-24T08:05:00.000Z', problems: [], failures: [], timers: [{ function: 'tick', lastSucceededAt: '2026-11-24T08:00:00.000Z', lastFailedAt: null, lastMs: 12, isSilent: false }],
  jobs: { owed: 0, stuck: [] }, month: '2026-11',
  quotas: [{ kind: 'calls', used: 36_000, projected: 45_634, limit: 200_000 }, { kind: 'gbSeconds', used: 500, projected: 634, limit: null }],
  use: [{ function: 'home', calls: 1_200, averageMs: 40, version: '0.1.0' }], keys: [{ keyId: 'data-1', state: 'ok', retiredAt: null, unopened: [] }], upkeep: [], checks: [],
  backup: { day: '2026-11-24', finishedAt: '2026-11-23T19:02:00.000Z', documents: 12_345, bytes: 2_500_000 }, hasRobot: true,
}
const open = (status: Partial<Status>) => loadPage(page, { functions: { operations: { status: () => ({ ...well, ...status }) } } })

describe('运行状况', () => {
  it('says in one sentence that all is well, and what it rests on', async () => {
    const status = await open({})
    expect(status.text()).toContain('一切正常')
    expect(status.text()).toContain('1.2万份数据，2.4MB，保留30天')
    expect(status.text()).toContain('3.6万/20万')
    expect(status.text()).toContain('照此到月底约4.6万，是套餐的23%')
    expect(status.text()).toContain('七天内没有出过错')
  })

  it('says what is wrong and what to do, before everything else', async () => {
    const status = await open({ problems: [{ kind: 'timer_silent', title: '「每分钟巡检」已经 25 分钟没有成功运行', advice: '请看云函数 tick 的定时触发器' }] })
    expect(status.text()).toContain('有1件事需要处理')
    expect(status.text()).toContain('「每分钟巡检」已经25分钟没有成功运行请看云函数tick的定时触发器')
    expect(status.text()).not.toContain('一切正常')
  })

  it('shows how far work on everything stored has come, and that it stands still', async () => {
    const progress = { kind: 'rotation', word: '更换密钥', changed: 1_200, failed: 2 } as const
    const status = await open({ upkeep: [{ ...progress, pass: 2, seen: 30_000, total: 120_000, movedAt: '2026-11-24T08:04:00.000Z', isStuck: true }] })
    expect(status.text()).toContain('更换密钥，第2遍核对3万/12万')
    expect(status.text()).toMatch(/改了1200份，2份改不了，上次进展：.*，停住了/)
    status.close()
    const waiting = await open({ upkeep: [{ ...progress, pass: 0, seen: 0, total: 0, changed: 0, failed: 0, movedAt: null, isStuck: false }] })
    expect(waiting.text()).toContain('更换密钥还没有开始')
  })

  it('shows what the nightly checks found, and which key is still needed', async () => {
    const status = await open({
      checks: [{ check: 'members_check', word: '住户与房屋核对', at: '2026-11-23T18:31:00.000Z', seenCount: 900, findingCount: 3, findings: [{ problem: 'residency_without_house', count: 2 }, { problem: 'made_up', count: 1 }] }],
      keys: [{ keyId: 'data-2', state: 'ok', retiredAt: null, unopened: ['roster/x'] }, { keyId: 'data-1', state: 'ok', retiredAt: '2026-11-20T08:00:00.000Z', unopened: [] }],
    })
    expect(status.text()).toContain('住户与房屋核对：3处对不上住户绑定的房屋不存在2处；made_up1处')
    expect(status.text()).toContain('密钥：有问题1份没能换成新密钥：roster/x；data-1从')
    expect(status.text()).toContain('起不用了，满30天才能删')
  })

  it('shows our own faults, and refusals only to who asks for them', async () => {
    const failure = { function: 'repairs', action: 'create', lastDay: 2, lastWeek: 7, lastRequestId: 'req-1', lastAt: '2026-11-24T08:01:00.000Z' }
    const status = await open({ failures: [{ ...failure, code: 'INTERNAL', isOurs: true }, { ...failure, action: 'assign', code: 'FORBIDDEN', lastDay: 30, isOurs: false }] })
    expect(status.text()).toContain('报修·create')
    expect(status.text()).toContain('今天2次，七天7次')
    expect(status.text()).toContain('编号req-1')
    expect(status.text()).not.toContain('assign')
    await status.call('onRefusals')
    expect(status.text()).toContain('报修·assign·没有权限')
  })

  it('never looks well when it could not ask, nor to somebody who may not know', async () => {
    const unreachable = await loadPage(page, { functions: { operations: { status: () => { throw networkFailure() } } } })
    expect(unreachable.text()).toContain('暂时没能加载出来')
    unreachable.close()
    const refused = await loadPage(page, { functions: { operations: { status: () => { throw refusal('FORBIDDEN', '您没有这项工作的权限，如需开通请联系管理员') } } } })
    expect(refused.text()).toContain('您没有这项工作的权限')
    expect(refused.text()).not.toContain('一切正常')
  })
})
