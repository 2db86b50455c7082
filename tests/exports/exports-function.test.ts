import { readWorkbook } from '../../cloudfunctions/house-import/workbook'
import { addNeighbours, members, narrowZhou } from '../houses/support/neighbours'
import { openVillage, type Village } from '../support/village'

let village: Village
beforeAll(async () => { village = await openVillage() })
beforeEach(async () => {
  await village.again()
  await addNeighbours(village)
})
afterAll(() => village.close())
afterEach(() => expect(village.lines.filter(({ overBudget }) => overBudget !== undefined)).toEqual([]))

const refusal = (code: string) => ({ ok: false, error: { code } })
const refuses = async (people: string[], action: string) => {
  for (const who of people) expect(await village.as(who).callRaw('exports', { action, input: {} })).toMatchObject(refusal('FORBIDDEN'))
}
const rowsAt = async ({ url }: { url: string }) => (await readWorkbook(Buffer.from(await (await fetch(url)).arrayBuffer()), 50_000_000, 20_000)).rows
const audited = async (action: string) => (await village.documents('audits')).filter((row) => row.action === action)

describe('exports.houses', () => {
  it('a clerk can have what the screen shows, with what it adds up to and who asked for it', async () => {
    const sheet = await village.as('zhou').get('exports', 'houses', { building: '3' })
    expect(sheet).toMatchObject({ fileName: expect.stringMatching(/^梨花苑房屋 \d{4}-\d\d-\d\d\.xlsx$/), rowCount: 4 })
    const rows = await rowsAt(sheet)
    expect(rows[0]![0]).toMatch(/^梨花苑 · 由 周婷 于 .+ 导出 · 仅供物业内部使用/)
    expect(rows.slice(1)).toEqual([
      ['楼栋', '单元', '房号', '房屋', '建筑面积（㎡）'], ['3', '1', '301', '3号楼1单元301', 95.44], ['3', '1', '302', '3号楼1单元302', 95.44],
      ['3', '2', '501', '3号楼2单元501', 118.66], ['3', '2', '502', '3号楼2单元502', 118.66], ['合计', null, null, '4 套', 428.2],
    ])
    expect(await audited('exports.houses')).toMatchObject([{ actorId: 'm-zhou', communityId: 'c-lihua', after: { rows: 4, building: '3', showsPhones: false } }])
  })
  it('a clerk of one building cannot have another, nor a manager another community', async () => {
    await narrowZhou(village)
    expect(await village.as('zhou').call('exports', 'houses', { building: '3' })).toMatchObject(refusal('NOT_FOUND'))
    expect(await village.as('zhou').get('exports', 'houses', {})).toMatchObject({ rowCount: 4 })
    expect(await village.as('lin').get('exports', 'houses', {})).toMatchObject({ rowCount: 1 })
    expect(await village.as('lin').call('exports', 'houses', { building: '1' })).toMatchObject(refusal('NOT_FOUND'))
  })
  it('the sheet is gone after a day', async () => {
    const { url } = await village.as('zhou').get('exports', 'houses', {})
    await village.tick(new Date(Date.now() + 25 * 3_600_000).toISOString())
    expect((await fetch(url)).status).toBe(404)
  })
  it('residents and other staff cannot', () => refuses(members, 'houses'))
  it('a stranger cannot', () => refuses(['stranger'], 'houses'))
})

describe('exports.residents', () => {
  it('a clerk can have everybody who lives there today, with masked numbers', async () => {
    await village.alter('members', 'm-li', { 'houses.0.endsOn': '2020-01-01' })
    const rows = await rowsAt(await village.as('zhou').get('exports', 'residents', {}))
    expect(rows.slice(1)).toEqual([
      ['房屋', '姓名', '身份', '手机号', '到期日'], ['1号楼1单元201', '赵建国', '业主', '137****2012', null], ['3号楼2单元501', '王秀英', '业主', '138****5010', null],
      ['合计', '2 人次', null, null, null],
    ])
  })
  it('a name that looks like a formula is none', async () => {
    await village.alter('members', 'm-wang', { 'houses.0.knownAs': '=HYPERLINK("http://x","y")' })
    await village.alter('members', 'm-zhao', { 'houses.0.knownAs': '@SUM(1)' })
    const rows = await rowsAt(await village.as('zhou').get('exports', 'residents', {}))
    expect(rows.map((row) => row[1])).toEqual(expect.arrayContaining(['\'=HYPERLINK("http://x","y")', "'@SUM(1)"]))
  })
  it('a manager can have whole numbers with a reason, and each person can see by whom and why', async () => {
    const rows = await rowsAt(await village.as('he').get('exports', 'residents', { showsPhones: true, building: '3', reason: '寄送业主大会通知' }))
    expect(rows.map((row) => row[3])).toEqual(expect.arrayContaining(['13800135010', '13900135011']))
    expect((await audited('exports.residents')).map(({ subjectId }) => subjectId).sort()).toEqual(['c-lihua', 'm-li', 'm-wang'])
    expect((await audited('exports.residents')).find(({ subjectId }) => subjectId === 'c-lihua')).toMatchObject({ after: { rows: 2, building: '3', showsPhones: true, reason: '寄送业主大会通知' } })
    expect((await village.as('li').get('account', 'myData', {})).looks).toMatchObject([{ action: 'exports.residents', byName: '何静', reason: '寄送业主大会通知' }])
    expect((await village.as('zhao').get('account', 'myData', {})).looks).toEqual([])
  })
  it('a manager cannot have whole numbers without a reason, and then nothing was shown or written', async () => {
    for (const reason of ['', '   ']) {
      expect(await village.as('he').call('exports', 'residents', { showsPhones: true, reason })).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', fields: { reason: expect.any(String) } } })
    }
    expect(await audited('exports.residents')).toEqual([])
  })
  it('the sheet holds whom the screen shows: a building chosen, and the buildings of a post', async () => {
    const names = async (who: string, building?: string) => (await rowsAt(await village.as(who).get('exports', 'residents', building ? { building } : {}))).slice(2, -1).map((row) => row[1])
    expect(await names('zhou', '1')).toEqual(['赵建国'])
    await narrowZhou(village)
    expect(await names('zhou')).toEqual(['赵建国'])
    expect(await village.as('zhou').call('exports', 'residents', { building: '3' })).toMatchObject(refusal('NOT_FOUND'))
  })
  it('a clerk cannot have whole numbers', async () => {
    expect(await village.as('zhou').call('exports', 'residents', { showsPhones: true, reason: '想看' })).toMatchObject(refusal('FORBIDDEN'))
    expect(await audited('exports.residents')).toEqual([])
  })
  it('residents and other staff cannot', () => refuses(members, 'residents'))
  it('a stranger cannot', () => refuses(['stranger'], 'residents'))
})

describe('exports.staff', () => {
  it('a manager can have the colleagues of the community, with masked numbers', async () => {
    const sheet = await village.as('he').get('exports', 'staff', {})
    expect(sheet.rowCount).toBe(5)
    const rows = await rowsAt(sheet)
    expect(rows.slice(1)).toEqual(expect.arrayContaining([['姓名', '岗位', '手机号', '负责楼栋'], ['陈师傅', '维修', '136****6021', '全小区'], ['合计', '5 人', null, null]]))
    expect(await village.as('lin').get('exports', 'staff', {})).toMatchObject({ rowCount: 1 })
  })
  it('whole numbers of colleagues need a reason too, and they see it', async () => {
    expect(await village.as('he').call('exports', 'staff', { showsPhones: true })).toMatchObject(refusal('INVALID_INPUT'))
    const rows = await rowsAt(await village.as('he').get('exports', 'staff', { showsPhones: true, reason: '报保险' }))
    expect(rows.map((row) => row[2])).toContain('13600136021')
    expect((await village.as('chen').get('account', 'myData', {})).looks).toMatchObject([{ action: 'exports.staff', reason: '报保险' }])
  })
  it('clerks, residents and other staff cannot', () => refuses([...members, 'zhou'], 'staff'))
  it('a stranger cannot', () => refuses(['stranger'], 'staff'))
})
