import { parseSheet, type Cell } from '../../cloudfunctions/house-import/sheet'

const titles: Cell[] = ['楼栋', '单元', '房号', '建筑面积', '姓名', '手机号', '身份']
const parse = (rows: Cell[][], more: { merges?: { column: number; from: number; to: number }[]; uncalculated?: string[]; failed?: string[] } = {}) =>
  parseSheet({ rows, merges: [], uncalculated: [], failed: [], ...more })!
const one = (...cells: Cell[]) => parse([titles, cells])
const houses = ({ rows }: ReturnType<typeof parse>) => rows.map(({ names: [name] }) => `${name!.building} ${name!.entrance ?? '?'} ${name!.roomNo}`)

describe('a sheet', () => {
  it('is read row by row, with one person each', () => {
    expect(one('3号楼', '2单元', '0501', 88.88, ' 王秀英 ', 13_800_135_010, '业主')).toEqual({
      rows: [{
        row: 2, names: [{ building: '3', entrance: '2', roomNo: '501' }], houseCell: 'C2', areaSqm: 8_888,
        person: { name: '王秀英', phone: '13800135010', relation: 'owner' },
      }],
      rowCount: 1, refusedRowCount: 0, problems: [],
    })
  })

  it.each<[string, Cell[], Cell[]]>([
    ['other words for the titles', ['栋', '门', '室号', '面积(㎡)', '业主姓名', '联系电话', '关系'], ['3', '2', '501', '88.88', '王秀英', '13800135010', '业主']],
    ['stars and spaces in the titles', ['楼栋*', ' 单 元 ', '房号*', '建筑面积（平方米）', '姓名', '手机号 ', '身份'], ['3栋', '二单元', '501室', 88.88, '王秀英', '138 0013 5010', null]],
    ['one column for the house', ['房屋', null, null, '面积', '户主', '手机', null], ['3-2-501', null, null, 88.88, '王秀英', '+86 138-0013-5010', null]],
  ])('is understood with %s', (_, heading, cells) => {
    const parsed = parse([['梨花苑住户表'], [], heading, cells])
    expect(parsed.problems).toEqual([])
    expect(houses(parsed)).toEqual(['3 2 501'])
    expect(parsed.rows).toMatchObject([{ row: 4, areaSqm: 8_888, person: { name: '王秀英', phone: '13800135010', relation: 'owner' } }])
  })

  it('is none without a heading that names houses', () => {
    expect(parseSheet({ rows: [['姓名', '手机号'], ['王秀英', '13800135010']], merges: [], uncalculated: [], failed: [] })).toBeNull()
    expect(parseSheet({ rows: [], merges: [], uncalculated: [], failed: [] })).toBeNull()
  })

  it('may have empty rows, and sums below', () => {
    const parsed = parse([titles, ['3号楼', '2', '501', null, null, null, null], [null, null], [], ['合计', null, null, 88.88], ['4栋', null, 101]])
    expect(houses(parsed)).toEqual(['3 2 501', '4 ? 101'])
    expect(parsed).toMatchObject({ rowCount: 2, problems: [] })
  })

  it('says in every row what was merged over several', () => {
    const parsed = parse([titles, ['3号楼', '2', '501'], [null, null, '502'], [null, '1', '101']], { merges: [{ column: 1, from: 2, to: 4 }, { column: 2, from: 2, to: 3 }] })
    expect(houses(parsed)).toEqual(['3 2 501', '3 2 502', '3 1 101'])
  })

  it.each<[Cell, number | null]>([
    [88.88, 8_888], ['88.88', 8_888], ['88.88㎡', 8_888], ['８８.８８ 平方米', 8_888], ['1,088.5', 108_850], ['88.8m2', 8_880], [101.35000000000001, 10_135], [0.1 + 0.2, 30], [null, null], ['', null],
  ])('has the area %p: %p', (cell, areaSqm) => expect(one('3', '2', '501', cell).rows[0]!.areaSqm).toBe(areaSqm))

  it.each<[Cell, string]>([
    [13_800_135_010, '13800135010'], ['138 0013 5010', '13800135010'], ['138-0013-5010', '13800135010'], ['+8613800135010', '13800135010'], ['86 13800135010', '13800135010'],
    ['008613800135010', '13800135010'], ['１３８００１３５０１０', '13800135010'], ["13800135010 ", '13800135010'],
  ])('has the number %p: %s', (cell, phone) => expect(one('3', '2', '501', null, '王秀英', cell).rows[0]!.person!.phone).toBe(phone))

  it.each([['业主', 'owner'], ['户主', 'owner'], ['', 'owner'], ['家属', 'family'], ['租客', 'tenant'], ['租户', 'tenant']])('has the relation %p: %s', (cell, relation) =>
    expect(one('3', '2', '501', null, '王秀英', '13800135010', cell).rows[0]!.person!.relation).toBe(relation))

  it.each<[string, Cell[], string, RegExp]>([
    ['no building', [null, '2', '501'], 'A2', /请填写楼栋/], ['no room', ['3', '2', null], 'C2', /请填写房号/], ['nonsense for a building', ['三号楼二单元', '2', '501'], 'A2', /看不懂是哪栋楼/],
    ['nonsense for an entrance', ['3', '东边', '501'], 'B2', /看不懂是哪个单元/], ['nonsense for a room', ['3', '2', '五楼东'], 'C2', /看不懂房号/],
    ['a day for a room', ['3', '2', new Date('2026-01-12')], 'C2', /日期/], ['words for an area', ['3', '2', '501', '很大'], 'D2', /写成数字/], ['an area of nothing', ['3', '2', '501', 0], 'D2', /写成数字/],
    ['a negative area', ['3', '2', '501', -5], 'D2', /写成数字/], ['three decimals', ['3', '2', '501', 88.888], 'D2', /最多两位小数/], ['an area as large as a park', ['3', '2', '501', 9_999_999], 'D2', /太大/],
    ['a number too short', ['3', '2', '501', null, '王', '1380013501'], 'F2', /11 位/], ['a number that is none', ['3', '2', '501', null, '王', '12800135010'], 'F2', /11 位/],
    ['two numbers in a cell', ['3', '2', '501', null, '王', '13800135010/13900135011'], 'F2', /一格只写一个/], ['a number without a name', ['3', '2', '501', null, null, '13800135010'], 'E2', /补上姓名/],
    ['a name too long', ['3', '2', '501', null, '王'.repeat(21), '13800135010'], 'E2', /20 个字/], ['an unknown relation', ['3', '2', '501', null, '王', '13800135010', '朋友'], 'G2', /业主、家属 或 租户/],
  ])('is refused for a row with %s, by its cell', (_, cells, cell, reason) => {
    const { problems, rows } = one(...cells)
    expect(problems).toEqual([{ cell, reason: expect.stringMatching(reason), level: 'error' }])
    expect(rows).toEqual([])
  })

  it('imports the house alone where the number is missing, or a landline', () => {
    const parsed = parse([titles, ['3', '2', '501', null, '王秀英', null], ['3', '2', '502', null, '李明', '021-55501200']])
    expect(parsed.rows.map(({ person }) => person)).toEqual([null, null])
    expect(parsed.problems).toMatchObject([{ cell: 'F2', level: 'warning' }, { cell: 'F3', level: 'warning' }])
  })

  it('names a row that stands there twice, a house with two sizes, and formulas that have no result', () => {
    const parsed = parse([
      titles, ['3', '2', '501', 88, '王秀英', '13800135010'], ['3栋', '02', '501室', 88, '王秀英', '138-0013-5010'], ['3', '2', '501', 90, '李明', '13900135011'],
      ['3', '2', '501', 88, '李明', '13900135011'], ['3', '2', null, 88], ['3', '2', '503', null],
    ], { uncalculated: ['C6', 'Z9'], failed: ['D7'] })
    expect(parsed.problems.map(({ cell, reason }) => `${cell} ${reason}`)).toEqual([
      'F3 和第 2 行重复', 'D4 和第 2 行是同一套房屋，面积却不一样', 'C6 是公式，还没有算出结果。请在表格软件里打开、保存一次，或改成数值', 'D7 公式的结果是错误，请改成数值',
    ])
    expect(parsed).toMatchObject({ rowCount: 6, refusedRowCount: 4 })
    expect(parsed.rows.map(({ row }) => row)).toEqual([2, 5])
  })
})
