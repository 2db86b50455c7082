import type { OpenIncident } from '../../cloudfunctions/incidents/contract'
import { rememberSession } from '../../miniprogram/support/session'
import { loadPage, phone, refusal } from '../support/load-page'
import { aSession, managerPost } from '../support/phone-answers'

const root = 'features/incidents/pages'
const anIncident = (change: Partial<OpenIncident> = {}): OpenIncident => ({
  incidentId: 'i-1', kind: 'elevator', title: '3号楼电梯故障', buildings: ['3'], startsAt: '2026-05-03T06:00:00.000Z', expectedEndAt: null, endedAt: null,
  note: '维保人员已到场', updatedAt: '2026-05-03T06:30:00.000Z', followerCount: 12, isFollowing: false, heldAs: null, ...change,
})

describe('the staff’s board of incidents', () => {
  beforeEach(() => rememberSession(aSession({ post: managerPost })))
  const open = (more: Record<string, (input: never) => unknown> = {}) =>
    loadPage(`${root}/incident-board/incident-board`, { functions: { incidents: { board: () => ({ incidents: [anIncident()], nextCursor: null, buildings: ['1', '3'] }), ...more } } })

  it('says what residents read while the words wait for their check, and nothing once they passed', async () => {
    const held = await open({ board: () => ({ incidents: [anIncident({ heldAs: '3号楼电梯故障', title: '门机坏了' })], nextCursor: null, buildings: ['3'] }) })
    expect(held.text()).toContain('文字还没通过审核，住户先看到「3号楼电梯故障」')
    expect((await open()).text()).not.toContain('审核')
  })

  it('tells those who follow the latest words, and everybody that it is over', async () => {
    const page = await open({ update: () => ({ incidentId: 'i-1' }), finish: () => ({ incidentId: 'i-1' }) })
    await page.call('onUpdate', { currentTarget: { dataset: { index: 0 } } })
    await page.call('onTell', { detail: { note: '正在换门机', end: '', isOver: false } })
    expect(phone.asked('incidents.update')[0]?.options).toMatchObject({ incidentId: 'i-1', note: '正在换门机', expectedEndAt: null })
    await page.call('onFinish', { currentTarget: { dataset: { index: 0 } } })
    await page.call('onTell', { detail: { note: '', end: '', isOver: true } })
    expect(phone.asked('incidents.finish')[0]?.options).toMatchObject({ incidentId: 'i-1', note: '' })
  })

  it('says in the words of the server why it was refused, and keeps the form', async () => {
    const page = await open({ update: () => { throw refusal('CONFLICT', '这件事已经结束') } })
    await page.call('onUpdate', { currentTarget: { dataset: { index: 0 } } })
    await page.call('onTell', { detail: { note: '正在换门机', end: '2', isOver: false } })
    expect(page.text()).toContain('这件事已经结束')
    expect(page.data.telling).not.toBeNull()
  })
})
