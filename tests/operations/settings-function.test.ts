import { employ } from '../members/newcomers'
import { newRequest, openVillage, type Village } from '../support/village'

let village: Village
beforeEach(async () => { village = await openVillage() })
afterEach(() => village.close())

const he = () => village.as('he')
const brand = { name: '梨花物业', color: '#0f7b6c', logoFileId: null, servicePhone: '021-5550-1234', emergencyPhone: '021-5550-1999' }
const others = ['zhou', 'chen', 'qian', 'wang']
const configuration = async (id = 'c-lihua') => (await village.documents('configurations')).find(({ _id }) => _id === id)!
const change = (fields: object = { brand }, version = 0, scope: 'community' | 'company' = 'community') => ({ requestId: newRequest(), scope, version, ...fields })
const webhook = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0f8fad5b-d9cb-469f-a165-70867728950e'

describe('operations.settings', () => {
  it('a manager can see their community’s settings, but never the whole of the robot’s address', async () => {
    const settings = await he().get('operations', 'settings', {})
    expect(settings).toMatchObject({ scope: 'community', name: '梨花苑', brand: { name: '邻里物业', color: '#0f7b6c' }, robot: '…7400', version: 0, mayChangeCompany: true })
    expect(settings.templates[0]).toMatchObject({ kind: 'repair_submitted', word: '新报修提醒', templateId: 'TMPL-repair-submitted', complaints: [] })
    expect(JSON.stringify(settings)).not.toContain('4c696e6c')
  })

  it('a manager of one community cannot see the company’s, once there is another community', async () => {
    await village.store('communities', { _id: 'c-other', schema: 1, version: 1, name: '桃花苑', address: '', servicePhones: [] })
    expect(await he().get('operations', 'settings', {})).toMatchObject({ mayChangeCompany: false })
    expect(await he().call('operations', 'settings', { scope: 'company' })).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  })

  it.each(others)('%s cannot', async (who) => {
    expect(await village.as(who).call('operations', 'settings', {})).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  })

  it('a stranger cannot', async () => {
    expect(await village.as('stranger').call('operations', 'settings', {})).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  })
})

describe('operations.configure', () => {
  it('a manager can change the brand, and residents see it', async () => {
    expect(await he().get('operations', 'configure', change())).toEqual({ version: 1, color: '#0f7b6c', isColorCorrected: false })
    expect(await configuration()).toMatchObject({ brand, version: 1 })
    expect((await village.as('wang').get('home', 'open', {})).session.brand).toMatchObject({ name: '梨花物业', servicePhone: '021-5550-1234' })
    expect(await configuration('company')).toMatchObject({ brand: { name: '邻里物业' } })
  })

  it('a colour on which white cannot be read is made darker, and the manager is told', async () => {
    const { color, isColorCorrected } = await he().get('operations', 'configure', change({ brand: { ...brand, color: '#ffd600' } }))
    expect([color === '#ffd600', isColorCorrected]).toEqual([false, true])
    expect(await configuration()).toMatchObject({ brand: { color } })
  })

  it('who changed what is written down, masked, in one with the change', async () => {
    await he().get('operations', 'configure', change({ brand, webhook }))
    expect((await village.documents('audits')).at(-1)).toMatchObject({
      actorId: 'm-he', action: 'operations.configure', subjectId: 'c-lihua', communityId: 'c-lihua',
      before: { name: '邻里物业', servicePhone: '021-5550-1200', robot: '…7400' }, after: { name: '梨花物业', servicePhone: '021-5550-1234', robot: '…950e' },
    })
    expect(JSON.stringify(await village.documents('audits'))).not.toContain('0f8fad5b')
  })

  it('the same request twice changes once, and a change of what somebody else just changed is refused', async () => {
    const first = change()
    const answer = await he().get('operations', 'configure', first)
    expect(await he().get('operations', 'configure', first)).toEqual(answer)
    expect(await he().call('operations', 'configure', change({ brand: { ...brand, name: '旧的' } }))).toMatchObject({ ok: false, error: { code: 'CONFLICT', reason: 'CHANGED' } })
    expect(await configuration()).toMatchObject({ brand: { name: '梨花物业' }, version: 1 })
    expect((await village.documents('audits')).filter(({ action }) => action === 'operations.configure')).toHaveLength(1)
  })

  it('two managers at once: one change stands, the other is told to look again', async () => {
    const answers = await Promise.all([he().call('operations', 'configure', change()), he().call('operations', 'configure', change({ brand: { ...brand, name: '另一个' } }))])
    expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true])
    expect(await configuration()).toMatchObject({ version: 1 })
  })

  it('what is not named stays: a new template leaves brand, robot and the template’s fields alone', async () => {
    await he().get('operations', 'configure', change({ templates: [{ kind: 'repair_progress', templateId: 'new_template_id_1' }] }))
    expect(await configuration()).toMatchObject({
      brand: { name: '邻里物业' }, templates: { repair_progress: { templateId: 'new_template_id_1', keywords: { thing1: 'summary' } }, repair_submitted: { templateId: 'TMPL-repair-submitted' } },
    })
  })

  it('the company’s plan is for whoever manages all its communities', async () => {
    const plan = { calls: 200_000, gbSeconds: 1_000, reads: null, writes: null }
    await he().get('operations', 'configure', change({ plan }, 0, 'company'))
    expect(await configuration('company')).toMatchObject({ plan })
    await village.store('communities', { _id: 'c-other', schema: 1, version: 1, name: '桃花苑', address: '', servicePhones: [] })
    expect(await he().call('operations', 'configure', change({ plan }, 1, 'company'))).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  })

  it.each([
    ['a robot elsewhere', { webhook: 'https://example.com/cgi-bin/webhook/send?key=0f8fad5b-d9cb-469f-a165-70867728950e' }],
    ['a telephone with words', { brand: { ...brand, servicePhone: '打给我' } }],
    ['a colour by name', { brand: { ...brand, color: 'red' } }],
    ['a template of no known kind', { templates: [{ kind: 'constructor', templateId: 'new_template_id_1' }] }],
    ['somebody else’s file as the logo', { brand: { ...brand, logoFileId: 'cloud://local-env.x/repairs/abc/1.jpg' } }],
  ])('%s cannot be set', async (_, fields) => {
    expect(await he().callRaw('operations', { action: 'configure', input: change(fields) })).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } })
    expect(await configuration()).not.toHaveProperty('version')
  })

  it('a manager can say which merchant the money goes to and open collection, and it is written down', async () => {
    const payments = { isOpen: true, merchants: { repair: '1600000009' } }
    await he().get('operations', 'configure', change({ payments }))
    expect(await configuration()).toMatchObject({ payments })
    expect(await he().get('operations', 'settings', {})).toMatchObject({ payments })
    expect((await village.documents('audits')).at(-1)).toMatchObject({ action: 'operations.configure', after: { merchant_repair: '1600000009' } })
    await he().get('operations', 'configure', change({ payments: { ...payments, isOpen: false } }, 1))
    expect((await village.documents('audits')).at(-1)).toMatchObject({ before: { isCollecting: true }, after: { isCollecting: false } })
  })

  it.each<[string, object, 'community' | 'company']>([
    ['collection without a merchant', { isOpen: true, merchants: { repair: null } }, 'community'],
    ['a merchant with words', { isOpen: true, merchants: { repair: '我的商户' } }, 'community'],
    ['one merchant for the whole company', { isOpen: true, merchants: { repair: '1600000009' } }, 'company'],
  ])('%s cannot be set', async (_, payments, scope) => {
    expect(await he().callRaw('operations', { action: 'configure', input: change({ payments }, 0, scope) })).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT' } })
  })

  it('a manager of one building cannot say where the community’s money goes', async () => {
    await employ(village, 'building-manager', { role: 'manager', buildings: ['3'] })
    const payments = { isOpen: true, merchants: { repair: '1600000009' } }
    expect(await village.as('building-manager').call('operations', 'configure', change({ payments }))).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
    expect(await configuration()).not.toHaveProperty('version')
  })

  it('a manager can set a logo that they uploaded, where everybody may see it', async () => {
    const { uploadPrefix } = await he().get('operations', 'settings', {})
    expect(uploadPrefix).toMatch(/^public\/brand\//)
    const logoFileId = await he().upload(`${uploadPrefix}/202611/logo.png`)
    await he().get('operations', 'configure', change({ brand: { ...brand, logoFileId } }))
    expect((await village.as('wang').get('home', 'open', {})).session.brand.logoUrl).toBe(logoFileId)
  })

  it.each(others)('%s cannot', async (who) => {
    expect(await village.as(who).call('operations', 'configure', change())).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
    expect(await configuration()).not.toHaveProperty('version')
  })

  it('a stranger cannot', async () => {
    expect(await village.as('stranger').call('operations', 'configure', change())).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  })
})

describe('operations.audits', () => {
  const row = (n: number, fields: object = {}) => {
    const at = new Date(Date.parse('2026-11-20T00:00:00Z') + n * 3_600_000)
    return village.store('audits', {
      _id: `a${n}`, schema: 2, actorId: 'm-chen', action: 'repairs.revealContact', subjectId: 'r-1', communityId: 'c-lihua', before: null, after: null, at, orderKey: `${at.toISOString()}_a${n}`, ...fields,
    })
  }
  const search = async (input: object) => (await he().get('operations', 'audits', input)).audits.map(({ auditId }) => auditId)
  beforeEach(async () => {
    await row(1)
    await row(2, { actorId: 'm-zhou', action: 'members.approve', subjectId: 'm-li', before: { status: 'pending' }, after: { status: 'approved' } })
    await row(3, { actorId: 'm-zhou' })
    await row(4, { communityId: 'c-other' })
    await row(30)
    await row(31, { communityId: null, actorId: 'm-he', action: 'operations.configure' })
  })

  it('a manager can read what was done in their community, newest first, with who did it', async () => {
    const { audits, staff, nextCursor } = await he().get('operations', 'audits', {})
    expect(audits.map(({ auditId, actorName }) => `${auditId} ${actorName}`)).toEqual(['a30 陈师傅', 'a3 周婷', 'a2 周婷', 'a1 陈师傅'])
    expect(audits[2]).toMatchObject({ action: 'members.approve', subjectId: 'm-li', before: { status: 'pending' }, after: { status: 'approved' } })
    expect(nextCursor).toBeNull()
    expect(staff.map(({ name }) => name)).toContain('周婷')
  })

  it.each<[object, string[]]>([
    [{ actorId: 'm-zhou' }, ['a3', 'a2']],
    [{ action: 'repairs.revealContact' }, ['a30', 'a3', 'a1']],
    [{ actorId: 'm-zhou', action: 'members.approve' }, ['a2']],
    [{ subjectId: 'm-li' }, ['a2']],
    [{ subjectId: 'r-1', action: 'repairs.revealContact' }, ['a30', 'a3', 'a1']],
    // Days are Shanghai's: row 30 is 14:00 of the 21st there.
    [{ from: '2026-11-21' }, ['a30']],
    [{ to: '2026-11-20' }, ['a3', 'a2', 'a1']],
    [{ from: '2026-11-20', to: '2026-11-21', actorId: 'm-chen' }, ['a30', 'a1']],
    [{ scope: 'company' }, ['a31']],
  ])('a manager can search by %j', async (input, found) => {
    expect(await search(input)).toEqual(found)
  })

  it('a manager can turn the pages', async () => {
    for (let n = 100; n < 135; n += 1) await row(n)
    const first = await he().get('operations', 'audits', {})
    expect(first.audits).toHaveLength(30)
    const second = await he().get('operations', 'audits', { cursor: first.nextCursor! })
    expect(second.audits.map(({ auditId }) => auditId).slice(-4)).toEqual(['a30', 'a3', 'a2', 'a1'])
    expect(second.nextCursor).toBeNull()
  })

  it('a manager cannot read another community’s, nor the company’s without managing all of it', async () => {
    expect(await search({})).not.toContain('a4')
    await village.store('communities', { _id: 'c-other', schema: 1, version: 1, name: '桃花苑', address: '', servicePhones: [] })
    expect(await he().call('operations', 'audits', { scope: 'company' })).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  })

  it('a manager of some buildings cannot', async () => {
    await employ(village, 'lead3', { role: 'manager', buildings: ['3'] })
    expect(await village.as('lead3').call('operations', 'audits', {})).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  })

  it.each(others)('%s cannot', async (who) => {
    expect(await village.as(who).call('operations', 'audits', {})).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  })

  it('a stranger cannot', async () => {
    expect(await village.as('stranger').call('operations', 'audits', {})).toMatchObject({ ok: false, error: { code: 'FORBIDDEN' } })
  })
})
