import type { OpenIncident } from '../../cloudfunctions/incidents/contract'
import { rememberSession } from '../../miniprogram/support/session'
import { loadPage, networkFailure, phone } from '../support/load-page'
import { aSession } from '../support/phone-answers'

const root = 'features/incidents/pages'
const anIncident = (change: Partial<OpenIncident> = {}): OpenIncident => ({
  incidentId: 'i-1', kind: 'elevator', title: '3号楼电梯故障', buildings: ['3'], startsAt: '2026-05-03T06:00:00.000Z', expectedEndAt: null, endedAt: null,
  note: '维保人员已到场', updatedAt: '2026-05-03T06:30:00.000Z', followerCount: 12, isFollowing: false, heldAs: null, ...change,
})

describe('what is going on at a house', () => {
  beforeEach(() => rememberSession(aSession()))
  const open = (list: () => unknown) =>
    loadPage(`${root}/incident-list/incident-list`, { functions: { incidents: { list, follow: () => ({ isFollowing: true, followerCount: 13 }) }, messages: { recordConsent: () => ({ quotaCount: 1 }) } } })

  it('says what, where, until when and the latest words, and can be followed in one tap', async () => {
    let isFollowing = false
    const page = await open(() => ({ incidents: [anIncident({ isFollowing })] }))
    expect(page.text()).toContain('3号楼电梯故障3号楼恢复时间待定')
    expect(page.text()).toContain('已有12人上报维保人员已到场')
    isFollowing = true
    await page.call('onFollow', { currentTarget: { dataset: { id: 'i-1', following: false } } })
    expect(phone.asked('incidents.follow')[0]?.options).toEqual({ houseId: 'h-501', incidentId: 'i-1', isFollowing: true })
    expect(page.text()).toContain('已记下·有进展通知我')
  })

  it('asks again once a minute while somebody looks, and not while nobody does', async () => {
    jest.useFakeTimers({ doNotFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'nextTick', 'queueMicrotask', 'Date', 'performance'] })
    try {
      const page = await open(() => ({ incidents: [] }))
      const asked = (): number => phone.asked('incidents.list').length
      expect(asked()).toBe(1)
      await jest.advanceTimersByTimeAsync(60_000)
      expect(asked()).toBe(2)
      await page.call('onHide')
      await jest.advanceTimersByTimeAsync(300_000)
      expect(asked()).toBe(2)
      await page.call('onShow')
      expect(asked()).toBe(3)
    } finally {
      jest.useRealTimers()
    }
  })

  it('says that all is well only when that is known', async () => {
    const page = await open(() => { throw networkFailure() })
    expect(page.text()).toContain('暂时没能加载出来')
    expect(page.text()).not.toContain('现在一切正常')
    page.close()
    expect((await open(() => ({ incidents: [] }))).text()).toContain('现在一切正常')
  })
})
