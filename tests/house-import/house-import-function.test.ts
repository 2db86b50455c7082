import { readWorkbook } from '../../cloudfunctions/house-import/workbook'
import { newRequest, openVillage, type Village } from '../support/village'
import { addNeighbours, members, narrowZhou } from '../houses/support/neighbours'
import { checkRows, mixed, registerOf, settleImports, uploadSheet, wrongAfterDeath } from './imports'
import { sheetOf, town, type Row } from './sheets'

let village: Village
// A transaction whose function died holds its documents until the platform ends it: here soon.
const transactionMs = 2_000
beforeAll(async () => { village = await openVillage({ database: { transactionMs } }) })
beforeEach(async () => {
  await village.again()
  await addNeighbours(village)
})
afterAll(() => village.close())
afterEach(() => expect(village.lines.filter(({ overBudget }) => overBudget !== undefined)).toEqual([]))

const refusal = (code: string, reason?: string) => ({ ok: false, error: { code, ...(reason !== undefined && { reason }) } })
const refuses = async (people: string[], action: string, input: object) => {
  for (const who of people) expect(await village.as(who).callRaw('house-import', { action, input })).toMatchObject(refusal('FORBIDDEN'))
}
const upload = (who: string, content: Buffer) => uploadSheet(village, who, content)
const check = (who: string, rows: Row[], createsBuildings = true) => checkRows(village, who, rows, createsBuildings)
const run = async (who: string, rows: Row[]) => {
  const { importId } = await check(who, rows)
  return (await village.as(who).get('house-import', 'start', { importId, skipsErrors: true })).import
}
const settle = () => settleImports(village, transactionMs)
const jobKinds = async () => (await village.documents('jobs')).map(({ kind }) => String(kind)).filter((kind) => kind.startsWith('house_import'))
const register = () => registerOf(village)

describe('house-import.prepare', () => {
  it('a clerk can see where the file goes, what it may be, and what waits', async () => {
    const before = await village.as('zhou').get('house-import', 'prepare', {})
    expect(before).toMatchObject({ uploadPrefix: expect.stringMatching(/^house-import\/[0-9a-f]{24}$/), limits: { fileBytes: 5_242_880, rowCount: 20_000 }, current: null })
    expect(before.columns.map(({ title }) => title)).toEqual(['楼栋', '单元', '房号', '建筑面积', '姓名', '手机号', '身份'])
    const { importId } = await check('zhou', mixed)
    expect((await village.as('he').get('house-import', 'prepare', {})).current).toMatchObject({ importId, status: 'checked', byName: '周婷' })
    expect((await village.as('lin').get('house-import', 'prepare', {})).current).toBeNull()
  })
  it('a clerk of one building cannot', async () => {
    await narrowZhou(village)
    expect(await village.as('zhou').call('house-import', 'prepare', {})).toMatchObject(refusal('FORBIDDEN'))
  })
  it('residents and other staff cannot', () => refuses(members, 'prepare', {}))
  it('a stranger cannot', () => refuses(['stranger'], 'prepare', {}))
})

const fetchSheet = async (url: string) => (await readWorkbook(Buffer.from(await (await fetch(url)).arrayBuffer()), 50_000_000, 20_000)).rows

describe('house-import.template', () => {
  it('a clerk can fetch a sheet that imports as it is', async () => {
    const { url, fileName } = await village.as('zhou').get('house-import', 'template', {})
    expect(fileName).toBe('房屋导入模板.xlsx')
    const rows = await fetchSheet(url)
    expect(rows[1]).toEqual(['楼栋*', '单元', '房号*', '建筑面积', '姓名', '手机号', '身份'])
    const fileId = await upload('zhou', Buffer.from(await (await fetch(url)).arrayBuffer()))
    const { import: checked } = await village.as('zhou').get('house-import', 'check', { requestId: newRequest(), fileId, createsBuildings: false })
    expect(checked).toMatchObject({ rowCount: 1, errorCount: 0 })
  })
  it('residents and other staff cannot', () => refuses(members, 'template', {}))
  it('a stranger cannot', () => refuses(['stranger'], 'template', {}))
})

describe('house-import.check', () => {
  it('a clerk can see what would come about, and nothing of the register has changed', async () => {
    const before = await register()
    const checked = await check('zhou', mixed)
    expect(checked).toMatchObject({
      status: 'checked', rowCount: 5, refusedRowCount: 0, errorCount: 0, warningCount: 0, problems: [], newBuildings: ['4号楼'],
      houses: { created: 2, changed: 1, unchanged: 2 }, people: { created: 2, changed: 1, unchanged: 1 }, progress: { done: 0, total: 1 }, nextSteps: ['start', 'discard'],
    })
    expect(await register()).toEqual(before)
  })
  it('the file is gone afterwards, and what waits holds no number in the clear', async () => {
    const fileId = await upload('zhou', await sheetOf(mixed))
    await village.as('zhou').get('house-import', 'check', { requestId: newRequest(), fileId, createsBuildings: true })
    expect(await village.as('zhou').call('house-import', 'check', { requestId: newRequest(), fileId, createsBuildings: true })).toMatchObject(refusal('INVALID_INPUT'))
    const stored = JSON.stringify(await Promise.all(['house_imports', 'house_import_batches', 'jobs'].map((name) => village.documents(name))))
    expect(stored).not.toMatch(/1[3-9]\d{9}|陆海/)
  })
  it('the same request again finds the import it made', async () => {
    const [requestId, fileId] = [newRequest(), await upload('zhou', await sheetOf(mixed))]
    const answers = await Promise.all([1, 2].map(() => village.as('zhou').call('house-import', 'check', { requestId, fileId, createsBuildings: true })))
    const again = await village.as('zhou').get('house-import', 'check', { requestId, fileId, createsBuildings: true })
    expect(answers.filter(({ ok }) => ok).length).toBeGreaterThan(0)
    expect(again.import).toMatchObject({ rowCount: 5, houses: { created: 2 } })
    expect(await village.documents('house_imports')).toHaveLength(1)
  })
  it('every mistake is named by its cell, and keeps only its row out', async () => {
    const checked = await check('zhou', [
      ['3号楼', '2单元', '601', 88, '甲', '13800130001', null], ['3号楼', '2单元', '602', '大', null, null, null], ['3号楼', null, '603', 88, null, null, null],
      ['3号楼', '5单元', '101', 88, null, null, null], ['9号楼', '1', '101', 88, null, null, null], ['3号楼', '2单元', '601', 88, '甲', '13800130001', null],
    ], false)
    expect(checked.problems.map(({ cell, reason }) => `${cell} ${reason}`)).toEqual([
      'D3 建筑面积要写成数字，如 88.88', 'C4 这栋楼有几个单元，请写明是哪个单元', 'C5 3号楼还没有 5 单元，请先添加，或在导入时选「自动添加楼栋」',
      'C6 小区里还没有 9号楼，请先添加，或在导入时选「自动添加楼栋」', 'F7 和第 2 行重复',
    ])
    expect(checked).toMatchObject({ rowCount: 6, refusedRowCount: 5, errorCount: 5, houses: { created: 1 }, nextSteps: ['start', 'discard', 'report'] })
  })
  it('a building not known is added only when asked for, and named before', async () => {
    const rows: Row[] = [['9号楼', '2', '101', 88, null, null, null], ['3号楼', '5', '101', 88, null, null, null]]
    expect((await check('zhou', rows, true)).newBuildings).toEqual(['9号楼', '3号楼（单元：1、2、5）'])
    expect((await check('zhou', rows, false)).errorCount).toBe(2)
  })
  it.each<[string, () => Promise<Buffer> | Buffer, RegExp]>([
    ['.xls', () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]), /另存为/], ['.csv', () => Buffer.from('楼栋,房号\n3,501\n3,502\n'), /另存为/],
    ['damaged', async () => (await sheetOf(mixed)).subarray(0, 1_500), /已损坏/], ['over 5 MB', () => Buffer.alloc(5_242_881, 80), /5 MB/],
    ['without a heading', () => sheetOf([['1', '2']], ['甲', '乙']), /没有找到表头/],
  ])('a file that is %s is refused with a sentence, and is gone', async (_, make, sentence) => {
    const fileId = await upload('zhou', await make())
    const answer = await village.as('zhou').call('house-import', 'check', { requestId: newRequest(), fileId, createsBuildings: true })
    expect(answer).toMatchObject({ ok: false, error: { code: 'INVALID_INPUT', fields: { fileId: expect.stringMatching(sentence) } } })
    const again = await village.as('zhou').call('house-import', 'check', { requestId: newRequest(), fileId, createsBuildings: true })
    expect(again).toMatchObject({ error: { fields: { fileId: expect.stringMatching(/上传成功|5 MB/) } } })
  })
  it('more than 20,000 rows are refused', async () => {
    const rows = Array.from({ length: 20_001 }, (_, i): Row => ['3', '2', String(i + 1)])
    const fileId = await upload('zhou', await sheetOf(rows))
    expect(await village.as('zhou').call('house-import', 'check', { requestId: newRequest(), fileId, createsBuildings: true })).toMatchObject(refusal('INVALID_INPUT'))
  }, 60_000)
  it('a clerk cannot have a colleague’s file read, nor one that is no upload of an import', async () => {
    const theirs = await upload('he', await sheetOf(mixed))
    for (const fileId of [theirs, theirs.replace(/[0-9a-f]{24}/, '../he'), 'cloud://local-env.x/house-import/a.xlsx', 'cloud://local-env.x/repairs/a/b.jpg']) {
      expect(await village.as('zhou').call('house-import', 'check', { requestId: newRequest(), fileId, createsBuildings: true })).toMatchObject(refusal('INVALID_INPUT'))
    }
    expect((await village.as('he').get('house-import', 'check', { requestId: newRequest(), fileId: theirs, createsBuildings: true })).import.rowCount).toBe(5)
  })
  it('a clerk that died in the middle can ask again with the same file', async () => {
    for (const kill of [{ beforeCall: 4 }, { afterCall: 6 }, { afterCall: 9 }, { afterCall: 10 }]) {
      const [requestId, fileId] = [newRequest(), await upload('zhou', await sheetOf(mixed))]
      await village.post('/control/fault', { kind: 'kill', function: 'house-import', ...kill })
      await village.as('zhou').call('house-import', 'check', { requestId, fileId, createsBuildings: true }).catch(() => undefined)
      await village.post('/control/fault', { kind: 'none' })
      const { import: checked } = await village.as('zhou').get('house-import', 'check', { requestId, fileId, createsBuildings: true })
      expect([kill, checked.houses, checked.people]).toEqual([kill, { created: 2, changed: 1, unchanged: 2 }, { created: 2, changed: 1, unchanged: 1 }])
    }
  }, 60_000)
  it('residents and other staff cannot', () => refuses(members, 'check', { requestId: newRequest(), fileId: 'cloud://local-env.x/house-import/a.xlsx', createsBuildings: true }))
  it('a stranger cannot', () => refuses(['stranger'], 'check', { requestId: newRequest(), fileId: 'cloud://local-env.x/house-import/a.xlsx', createsBuildings: true }))
})

describe('house-import.start', () => {
  it('a clerk can, and what was announced has come about', async () => {
    const done = await run('zhou', mixed)
    expect(done).toMatchObject({ status: 'done', houses: { created: 2, changed: 1, unchanged: 2 }, people: { created: 2, changed: 1, unchanged: 1 }, progress: { done: 1, total: 1 }, nextSteps: [] })
    const { houses, roster } = await register()
    expect(houses).toHaveLength(14)
    expect(houses.find((line) => line.startsWith('h-3-2-501 '))).toBe('h-3-2-501 3号楼2单元501 12000 3/501')
    expect(houses.some((line) => line.endsWith(' 3号楼2单元503 9950 3/503'))).toBe(true)
    expect(houses.some((line) => line.endsWith(' 4号楼101 8000 4/101'))).toBe(true)
    expect(roster.filter((line) => line.includes('h-3-2-501 王秀英 owner 138****8888'))).toHaveLength(1)
    expect((await village.as('stranger').get('houses', 'find', { communityId: 'c-lihua', text: '4栋101' })).houses).toHaveLength(1)
    expect(await village.documents('house_import_batches')).toEqual([])
    expect(await jobKinds()).toEqual(['house_import_expiry'])
  })
  it('the log keeps both sides of what has changed, masked, and that it was imported', async () => {
    await run('zhou', mixed)
    const audits = (await village.documents('audits')).filter(({ action }) => action === 'house-import.start')
    expect(audits.map(({ subjectId, before, after }) => ({ subjectId, before, after }))).toEqual(expect.arrayContaining([
      { subjectId: 'h-3-2-501', before: { label: '3号楼2单元501', areaSqm: 11_866 }, after: { label: '3号楼2单元501', areaSqm: 12_000 } },
      { subjectId: 'h-3-2-501', before: { name: '王**', relation: 'owner', phone: '138****5010' }, after: { name: '王**', relation: 'owner', phone: '138****8888' } },
      { subjectId: expect.stringMatching(/^[0-9a-f]{32}$/), before: null, after: { rows: 5, houses: 3, people: 3 } },
    ]))
    expect(audits).toHaveLength(3)
  })
  it('the same file again changes nothing, and writes nothing but what tells of the import', async () => {
    await run('zhou', mixed)
    const stored = async () => JSON.stringify(await Promise.all(['houses', 'roster', 'buildings', 'communities'].map((name) => village.documents(name))))
    const before = await stored()
    expect(await run('zhou', mixed)).toMatchObject({ status: 'done', houses: { created: 0, changed: 0, unchanged: 5 }, people: { created: 0, changed: 0, unchanged: 4 } })
    expect(await stored()).toBe(before)
  })
  it('an import with errors starts only without the rows that have them', async () => {
    const { importId } = await check('zhou', [...mixed, ['3号楼', '2单元', '厨房', 88, null, null, null]])
    expect(await village.as('zhou').call('house-import', 'start', { importId, skipsErrors: false })).toMatchObject(refusal('CONFLICT', 'IMPORT_HAS_ERRORS'))
    expect(await village.as('zhou').get('house-import', 'start', { importId, skipsErrors: true })).toMatchObject({ import: { status: 'done', refusedRowCount: 1, houses: { created: 2 } } })
  })
  it('started twice, it runs once', async () => {
    const { importId } = await check('zhou', mixed)
    await Promise.all(['zhou', 'he', 'zhou'].map((who) => village.as(who).call('house-import', 'start', { importId, skipsErrors: true })))
    await settle()
    expect((await village.as('he').get('house-import', 'get', { importId })).import).toMatchObject({ status: 'done', houses: { created: 2, changed: 1, unchanged: 2 } })
    expect((await village.documents('audits')).filter(({ subjectId }) => subjectId === importId)).toHaveLength(1)
  })
  it('two imports of the same houses at once end as one would', async () => {
    await run('zhou', town(300))
    const alone = await register()
    await village.again()
    const [first, second] = [await check('zhou', town(300)), await check('he', town(300))]
    await Promise.all([
      village.as('zhou').call('house-import', 'start', { importId: first.importId, skipsErrors: true }),
      village.as('he').call('house-import', 'start', { importId: second.importId, skipsErrors: true }),
    ])
    await settle()
    expect(await register()).toEqual(alone)
  }, 60_000)
  it('a house that somebody renumbered meanwhile leaves its old number to a new house', async () => {
    const { houseId, version } = await village.as('he').get('houses', 'create', { building: '3', entrance: '2', roomNo: '503', areaSqm: null })
    await village.as('he').get('houses', 'update', { houseId, version, entrance: '2', roomNo: '504', areaSqm: null })
    expect(await run('zhou', mixed)).toMatchObject({ status: 'done', houses: { created: 2 } })
    expect((await register()).houses.filter((line) => line.includes('3号楼2单元503'))).toHaveLength(1)
  })
  it('what changed between the dry run and the run is told, not guessed', async () => {
    const { importId } = await check('zhou', [['5号楼', null, '101', 76, null, null, null], ['3号楼', '2单元', '603', 76, null, null, null]])
    await village.as('he').get('houses', 'createBuilding', { building: '5', label: '5号楼', entrances: ['1', '2'] })
    const { import: done } = await village.as('zhou').get('house-import', 'start', { importId, skipsErrors: true })
    expect(done).toMatchObject({ status: 'done', houses: { created: 1 }, refusedRowCount: 1, problems: [{ cell: 'C2', reason: '这栋楼有几个单元，请写明是哪个单元' }] })
  })
  it('a manager of another community cannot: it does not exist for them', async () => {
    const { importId } = await check('zhou', mixed)
    for (const [action, input] of [['start', { importId, skipsErrors: true }], ['advance', { importId }], ['get', { importId }], ['discard', { importId }], ['report', { importId }]] as const) {
      expect(await village.as('lin').callRaw('house-import', { action, input })).toMatchObject(refusal('NOT_FOUND'))
    }
    expect((await village.as('zhou').get('house-import', 'get', { importId })).import.status).toBe('checked')
  })
  it('residents and other staff cannot', async () => refuses(members, 'start', { importId: (await check('zhou', mixed)).importId, skipsErrors: true }))
  it('a stranger cannot', async () => refuses(['stranger'], 'start', { importId: (await check('zhou', mixed)).importId, skipsErrors: true }))
})

describe('an import that dies', () => {
  it.each([['beforeCall', 5], ['afterCall', 8], ['afterCall', 11], ['beforeCall', 14], ['afterCall', 15], ['afterCall', 17], ['afterCall', 19], ['afterCall', 21]] as const)(
    '%s %d ends in the same register, counted and logged once', async (moment, call) => {
      expect(await wrongAfterDeath(village, { moment, call, transactionMs })).toEqual([])
    }, 60_000)

  it.each(['all-or-nothing', 'partial'] as const)('whose batch was added only in part (%s) is completed', async (batchInsert) => {
    const other = await openVillage({ database: { batchInsert, transactionMs } })
    try {
      const zhou = other.as('zhou')
      const start = async () => {
        const { uploadPrefix } = await zhou.get('house-import', 'prepare', {})
        const fileId = await zhou.upload(`${uploadPrefix}/${newRequest()}.xlsx`, await sheetOf(town(120)))
        const { import: { importId } } = await zhou.get('house-import', 'check', { requestId: newRequest(), fileId, createsBuildings: true })
        return importId
      }
      const importId = await start()
      // Between the dry run and the run somebody writes down one of the houses by hand.
      await other.as('he').get('houses', 'createBuilding', { building: '11', label: '11号楼', entrances: ['1', '2', '3'] })
      await other.as('he').get('houses', 'create', { building: '11', entrance: '1', roomNo: '1301', areaSqm: 8_888 })
      const { import: done } = await zhou.get('house-import', 'start', { importId, skipsErrors: true })
      expect(done).toMatchObject({ status: 'done', houses: { created: 119, changed: 0, unchanged: 1 }, people: { created: 120 } })
      const stored = (await other.documents('houses')).filter(({ building }) => building === '11')
      expect([stored.length, new Set(stored.map(({ label }) => label)).size]).toEqual([120, 120])
      expect((await other.documents('roster')).filter(({ building }) => building === '11')).toHaveLength(120)
    } finally {
      await other.close()
    }
  }, 60_000)
})

describe('house-import.advance', () => {
  it('a clerk can watch it go on, and tick finishes what nobody watches', async () => {
    const { importId } = await check('zhou', town(1_200))
    await village.post('/control/fault', { kind: 'kill', function: 'house-import', afterCall: 18 })
    await village.as('zhou').call('house-import', 'start', { importId, skipsErrors: true }).catch(() => undefined)
    await village.post('/control/fault', { kind: 'none' })
    const { import: halfway } = await village.as('he').get('house-import', 'advance', { importId })
    expect(halfway).toMatchObject({ status: 'running', progress: { total: 3 }, nextSteps: ['advance'] })
    expect(halfway.progress.done).toBeLessThan(3)
    await settle()
    expect((await village.as('he').get('house-import', 'advance', { importId })).import).toMatchObject({ status: 'done', progress: { done: 3, total: 3 }, houses: { created: 1_200 } })
  }, 60_000)
  it('residents and other staff cannot', async () => refuses(members, 'advance', { importId: (await check('zhou', mixed)).importId }))
  it('a stranger cannot', async () => refuses(['stranger'], 'advance', { importId: (await check('zhou', mixed)).importId }))
})

describe('house-import.get', () => {
  it('a colleague can see how it stands', async () => {
    const { importId } = await check('zhou', mixed)
    expect((await village.as('he').get('house-import', 'get', { importId })).import).toMatchObject({ importId, byName: '周婷', status: 'checked' })
  })
  it('residents and other staff cannot', async () => refuses(members, 'get', { importId: (await check('zhou', mixed)).importId }))
  it('a stranger cannot', async () => refuses(['stranger'], 'get', { importId: (await check('zhou', mixed)).importId }))
})

describe('house-import.discard', () => {
  it('a clerk can, and its rows are gone', async () => {
    const { importId } = await check('zhou', mixed)
    await village.as('zhou').get('house-import', 'discard', { importId })
    expect((await village.as('zhou').get('house-import', 'discard', { importId })).import).toMatchObject({ status: 'discarded', nextSteps: [] })
    expect(await village.documents('house_import_batches')).toEqual([])
    expect(await village.as('zhou').call('house-import', 'start', { importId, skipsErrors: true })).toMatchObject(refusal('CONFLICT', 'IMPORT_DISCARDED'))
  })
  it('nobody can discard what has been imported', async () => {
    const { importId } = await run('zhou', mixed)
    expect(await village.as('he').call('house-import', 'discard', { importId })).toMatchObject(refusal('CONFLICT', 'IMPORT_STARTED'))
  })
  it('what nobody starts within a day is discarded by itself', async () => {
    const { importId } = await check('zhou', mixed)
    await village.tick(new Date(Date.now() + 25 * 3_600_000).toISOString())
    expect((await village.as('zhou').get('house-import', 'get', { importId })).import).toMatchObject({ status: 'discarded' })
    expect(await village.documents('house_import_batches')).toEqual([])
    expect(await jobKinds()).toEqual([])
  })
  it('residents and other staff cannot', async () => refuses(members, 'discard', { importId: (await check('zhou', mixed)).importId }))
  it('a stranger cannot', async () => refuses(['stranger'], 'discard', { importId: (await check('zhou', mixed)).importId }))
})

describe('house-import.list', () => {
  it('a clerk can see the imports of their community, the latest first', async () => {
    const [first, second] = [await run('zhou', mixed), await check('he', mixed)]
    expect((await village.as('zhou').get('house-import', 'list', {})).imports.map(({ importId, status }) => [importId, status])).toEqual([[second.importId, 'checked'], [first.importId, 'done']])
    expect((await village.as('lin').get('house-import', 'list', {})).imports).toEqual([])
  })
  it('residents and other staff cannot', () => refuses(members, 'list', {}))
  it('a stranger cannot', () => refuses(['stranger'], 'list', {}))
})

describe('house-import.report', () => {
  it('a clerk can fetch everything that is wrong, cell by cell', async () => {
    const { importId } = await check('zhou', [...mixed, ['3号楼', '2单元', '厨房', 88, null, null, null]])
    const { url, fileName } = await village.as('zhou').get('house-import', 'report', { importId })
    expect(fileName).toBe('导入问题.xlsx')
    expect((await fetchSheet(url)).slice(1)).toEqual([['单元格', '级别', '问题'], ['C7', '错误', '看不懂房号，请写成 501']])
  })
  it('nobody can fetch a report of no problems', async () => {
    const { importId } = await check('zhou', mixed)
    expect(await village.as('zhou').call('house-import', 'report', { importId })).toMatchObject(refusal('CONFLICT', 'NO_PROBLEMS'))
  })
  it('residents and other staff cannot', async () => refuses(members, 'report', { importId: (await check('zhou', mixed)).importId }))
  it('a stranger cannot', async () => refuses(['stranger'], 'report', { importId: (await check('zhou', mixed)).importId }))
})
