import { rememberSession } from '../../miniprogram/support/session'
import { loadPage, phone } from '../support/load-page'
import { aSession, managerPost } from '../support/phone-answers'

const root = 'features/incidents/pages'

describe('a new incident', () => {
  beforeEach(() => rememberSession(aSession({ post: managerPost })))
  const open = () => loadPage(`${root}/incident-create/incident-create`, { functions: { incidents: {
    board: () => ({ incidents: [], nextCursor: null, buildings: ['1', '3'] }), create: () => ({ incidentId: 'i-9' }),
  } } })
  const pick = (key: string) => ({ detail: { key } })

  it('is for some buildings or for the whole community, never for both', async () => {
    const page = await open()
    await page.call('onBuilding', pick('3'))
    await page.call('onBuilding', pick('*'))
    expect(page.data.draft).toMatchObject({ buildings: ['*'] })
    await page.call('onBuilding', pick('1'))
    expect(page.data.draft).toMatchObject({ buildings: ['1'] })
  })

  it('asks for the place and one sentence, writes the usual one in a tap, and is published once', async () => {
    const page = await open()
    await page.call('onSubmit')
    expect(page.text()).toContain('请选择受影响的楼栋，或全小区')
    await page.call('onBuilding', pick('3'))
    await page.call('onUsual')
    await Promise.all([page.call('onSubmit'), page.call('onSubmit')])
    expect(phone.asked('incidents.create').map(({ options }) => options)).toMatchObject([{ kind: 'elevator', title: '3号楼电梯故障', buildings: ['3'], expectedEndAt: null }])
  })
})
