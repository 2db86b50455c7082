import { openVillage, type Village } from '../support/village'
import { testEnvironment } from '../support/people'

let production: Village
let local: Village

beforeAll(async () => {
  const environment = { ...testEnvironment, LINLI_ENVIRONMENT: 'production', LINLI_ENVIRONMENT_KIND: 'production' }
  ;[production, local] = await Promise.all([openVillage({ environment }), openVillage()])
})
afterAll(() => Promise.all([production.close(), local.close()]))

const from = (environment?: string) => ({ action: 'session', input: {}, client: { version: '0.1.0', ...(environment !== undefined && { environment }) } })

describe('a phone', () => {
  it('can use the environment it was built for', async () => {
    expect(await production.as('wang').callRaw('members', from('production'))).toMatchObject({ ok: true })
  })

  it('cannot use another environment than it was built for, and reads where to go', async () => {
    expect(await production.as('wang').callRaw('members', from('demonstration'))).toMatchObject({
      ok: false,
      error: { code: 'UPGRADE_REQUIRED', reason: 'OTHER_ENVIRONMENT', message: '您打开的小程序与这里的服务不是同一套，为免弄错已停止使用。请扫描物业公布的小程序码重新打开' },
    })
  })

  it('is refused before anything is asked of the database', async () => {
    production.lines.length = 0
    await production.as('wang').callRaw('home', { ...from('development'), action: 'open' })
    expect(production.lines.find((line) => line.function === 'home')).toMatchObject({ code: 'OTHER_ENVIRONMENT', calls: 0 })
  })

  it('of a release before environments is let through', async () => {
    expect(await production.as('wang').callRaw('members', from())).toMatchObject({ ok: true })
    expect(await production.as('wang').callRaw('members', from(''))).toMatchObject({ ok: true })
  })

  it('of any environment can be tried on a local cloud', async () => {
    expect(await local.as('wang').callRaw('members', from('production'))).toMatchObject({ ok: true })
  })
})
