import { parseBuildingName, parseEntrance, parseHouseName, parseRoomNo, type HouseName } from '../houses/house-name'
import type { Relation } from '../_shared/roles'
import type { ImportProblem } from './contract'

export type Cell = string | number | boolean | Date | null
export type Sheet = {
  /** From the first row of the sheet on. */
  rows: Cell[][]
  /** Merged over several rows: `column` 1 is A; rows are numbered as in the sheet. */
  merges: { column: number; from: number; to: number }[]
  /** Addresses of formulas whose result was never stored, and of cells whose result is an error. */
  uncalculated: string[]
  failed: string[]
}

/** A row of the sheet that can be imported. */
export type ParsedRow = {
  /** As numbered in the sheet. */
  row: number
  /** How the house may be read, the likeliest first. */
  names: HouseName[]
  /** Where in the sheet the house is named. */
  houseCell: string
  areaSqm: number | null
  person: { name: string; phone: string; relation: Relation } | null
}

export type Column = 'house' | 'building' | 'entrance' | 'roomNo' | 'area' | 'name' | 'phone' | 'relation'

/** What the template has, and what other titles mean the same. */
export const columns: { column: Column; title: string; isRequired: boolean; example: string; also: string[] }[] = [
  { column: 'building', title: '楼栋', isRequired: true, example: '3号楼', also: ['楼号', '栋号', '栋', '幢', '座', '楼', '楼栋号', '楼宇'] },
  { column: 'entrance', title: '单元', isRequired: false, example: '2单元', also: ['单元号', '门', '梯'] },
  { column: 'roomNo', title: '房号', isRequired: true, example: '501', also: ['室', '室号', '房间', '房间号', '门牌号', '房屋号'] },
  { column: 'area', title: '建筑面积', isRequired: false, example: '88.88', also: ['面积', '房屋面积', '计费面积'] },
  { column: 'name', title: '姓名', isRequired: false, example: '张三', also: ['业主', '业主姓名', '户主', '住户', '住户姓名', '房主', '产权人'] },
  { column: 'phone', title: '手机号', isRequired: false, example: '13800000000', also: ['手机', '手机号码', '电话', '联系电话', '电话号码', '业主电话', '联系方式'] },
  { column: 'relation', title: '身份', isRequired: false, example: '业主', also: ['关系', '住户类型', '住户身份', '类型'] },
  { column: 'house', title: '房屋', isRequired: false, example: '', also: ['房屋名称', '房屋地址', '地址', '房产', '房间名称', '住址'] },
]

export const columnNumber = (letters: string): number => [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
const lettersOf = (column: number): string => (column > 26 ? lettersOf(Math.floor((column - 1) / 26)) : '') + String.fromCharCode(65 + ((column - 1) % 26))
const addressOf = (column: number, row: number): string => `${lettersOf(column)}${row}`

const textOf = (cell: Cell | undefined): string =>
  cell === null || cell === undefined ? '' : (cell instanceof Date ? cell.toISOString() : String(cell)).normalize('NFKC').trim()

const titleOf = (cell: Cell): string => textOf(cell).replace(/\(.*?\)|[*\s:㎡]|m2$/gi, '')
const meaningOf = (cell: Cell): Column | undefined => {
  const title = titleOf(cell)
  return columns.find((each) => each.title === title || each.also.includes(title))?.column
}

type Heading = { row: number; at: Partial<Record<Column, number>> }
const headingWithin = 20

/** The row of titles, wherever it stands among the first. Null when no row names houses. */
const findHeading = (rows: Cell[][]): Heading | null => {
  for (const [index, cells] of rows.slice(0, headingWithin).entries()) {
    const at: Heading['at'] = {}
    for (const [i, cell] of cells.entries()) {
      const column = meaningOf(cell)
      if (column) at[column] ??= i + 1
    }
    if (at.house !== undefined || (at.building !== undefined && at.roomNo !== undefined)) return { row: index + 1, at }
  }
  return null
}

/** A value that was merged over several rows stands in each of them. */
const fillMerged = ({ rows, merges }: Sheet): Cell[][] => {
  const filled = rows.map((cells) => [...cells])
  for (const { column, from, to } of merges) {
    const value = filled[from - 1]?.[column - 1] ?? null
    for (const cells of filled.slice(from, to)) cells[column - 1] = value
  }
  return filled
}

const relations: Record<string, Relation> = {
  业主: 'owner', 户主: 'owner', 产权人: 'owner', 房主: 'owner', 家属: 'family', 家人: 'family', 亲属: 'family', 成员: 'family', 租户: 'tenant', 租客: 'tenant', 承租人: 'tenant',
}
const longestName = 20
const largestArea = 10_000_000

class CellProblem extends Error {
  constructor(readonly column: Column, reason: string) {
    super(reason)
  }
}

type Read = (column: Column) => Cell
const houseOf = (read: Read, at: Heading['at']): { names: HouseName[]; column: Column } => {
  const column = at.house !== undefined && textOf(read('house')) !== '' ? 'house' : 'roomNo'
  for (const each of ['house', 'roomNo', 'building', 'entrance'] as const) {
    if (read(each) instanceof Date) throw new CellProblem(each, '被表格软件当成了日期，请把这一列的格式改为「文本」后重新填写')
  }
  if (column === 'house') {
    const names = parseHouseName(textOf(read('house')))
    if (names.length === 0) throw new CellProblem('house', '看不懂是哪套房屋，请写成 3号楼2单元501 或 3-2-501')
    return { names, column }
  }
  const building = parseBuildingName(textOf(read('building')))
  if (building === null) throw new CellProblem('building', textOf(read('building')) === '' ? '请填写楼栋' : '看不懂是哪栋楼，请写成 3号楼、3栋 或 A座')
  const entrance = parseEntrance(textOf(read('entrance')))
  if (entrance === null) throw new CellProblem('entrance', '看不懂是哪个单元，请写成 2单元 或 2')
  const roomNo = parseRoomNo(textOf(read('roomNo')))
  if (roomNo === null) throw new CellProblem('roomNo', textOf(read('roomNo')) === '' ? '请填写房号' : '看不懂房号，请写成 501')
  return { names: [{ building, entrance: entrance === '' ? null : entrance, roomNo }], column }
}

const areaOf = (read: Read): number | null => {
  const written = textOf(read('area')).replace(/,|\s|平方米|平米|平方|平|㎡|m2|m²/gi, '')
  if (written === '') return null
  const area = Number(written) * 100
  if (!Number.isFinite(area) || area <= 0) throw new CellProblem('area', '建筑面积要写成数字，如 88.88')
  if (area > largestArea) throw new CellProblem('area', '建筑面积太大，请检查')
  // 88.88 is 8887.999… in binary; a third decimal is more than an area has.
  if (Math.abs(area - Math.round(area)) > 1e-6) throw new CellProblem('area', '建筑面积最多两位小数')
  return Math.round(area)
}

const personOf = (read: Read): { person: ParsedRow['person']; warning?: CellProblem } => {
  const name = textOf(read('name')).replace(/\s+/g, ' ')
  const written = textOf(read('phone'))
  const phone = written.replace(/[\s\-()]/g, '').replace(/^(\+?86|0086)(?=1\d{10}$)/, '')
  if (name === '' && phone === '') return { person: null }
  if (name.length > longestName) throw new CellProblem('name', `姓名最多 ${longestName} 个字`)
  const relation = relations[textOf(read('relation')) || '业主']
  if (!relation) throw new CellProblem('relation', '身份只能写 业主、家属 或 租户')
  if (phone === '') return { person: null, warning: new CellProblem('phone', '没有手机号：只导入房屋，住户要自己申请认证') }
  if (name === '') throw new CellProblem('name', '有手机号没有姓名，请补上姓名')
  if (/^(0\d{9,11}|[2-9]\d{6,7})$/.test(phone)) {
    return { person: null, warning: new CellProblem('phone', '不是手机号：只导入房屋，住户要自己申请认证') }
  }
  if (!/^1[3-9]\d{9}$/.test(phone)) {
    throw new CellProblem('phone', /1\d{10}.+1\d{10}/.test(written) ? '一格只写一个手机号，多个人请分成几行' : '手机号不正确，应是 11 位数字')
  }
  return { person: { name, phone, relation } }
}

export type ParsedSheet = { rows: ParsedRow[]; rowCount: number; refusedRowCount: number; problems: ImportProblem[] }

/** The rows that can be imported, and what is wrong with the others, by cell. Null when the sheet has no heading that names houses. */
export const parseSheet = (sheet: Sheet): ParsedSheet | null => {
  const heading = findHeading(sheet.rows)
  if (!heading) return null
  const { at } = heading
  const problems: ImportProblem[] = []
  const rows: ParsedRow[] = []
  const seen = new Map<string, ParsedRow>()
  const broken = new Map([
    ...sheet.uncalculated.map((cell): [string, string] => [cell, '是公式，还没有算出结果。请在表格软件里打开、保存一次，或改成数值']),
    ...sheet.failed.map((cell): [string, string] => [cell, '公式的结果是错误，请改成数值']),
  ])
  let [rowCount, refusedRowCount] = [0, 0]
  const cellOf = (column: Column, row: number) => addressOf(at[column] ?? at.roomNo ?? at.house!, row)
  const brokenIn = (row: number) => Object.values(at).map((column) => addressOf(column, row)).find((address) => broken.has(address))

  for (const [index, cells] of fillMerged(sheet).entries()) {
    const row = index + 1
    if (row <= heading.row) continue
    const address = brokenIn(row)
    if (address === undefined && Object.values(at).every((column) => textOf(cells[column - 1]) === '')) continue
    if (/^(合计|总计|小计)/.test(textOf(cells[0]))) continue
    rowCount += 1
    const read: Read = (column) => (at[column] === undefined ? null : (cells[at[column] - 1] ?? null))
    try {
      if (address !== undefined) {
        problems.push({ cell: address, reason: broken.get(address)!, level: 'error' })
        refusedRowCount += 1
        continue
      }
      const { names, column } = houseOf(read, at)
      const areaSqm = areaOf(read)
      const { person, warning } = personOf(read)
      if (warning) problems.push({ cell: cellOf(warning.column, row), reason: warning.message, level: 'warning' })
      const parsed = { row, names, houseCell: cellOf(column, row), areaSqm, person }
      checkTwice(parsed, seen)
      rows.push(parsed)
    } catch (problem) {
      if (!(problem instanceof CellProblem)) throw problem
      problems.push({ cell: cellOf(problem.column, row), reason: problem.message, level: 'error' })
      refusedRowCount += 1
    }
  }
  return { rows, rowCount, refusedRowCount, problems }
}

/** A house may have several rows, one for each person; it has one size, and a person stands there once. */
const checkTwice = (parsed: ParsedRow, seen: Map<string, ParsedRow>): void => {
  const [name] = parsed.names
  const house = `${name!.building}/${name!.entrance ?? ''}/${name!.roomNo}`
  const before = seen.get(house)
  if (before && before.areaSqm !== null && parsed.areaSqm !== null && before.areaSqm !== parsed.areaSqm) {
    throw new CellProblem('area', `和第 ${before.row} 行是同一套房屋，面积却不一样`)
  }
  if (!before) seen.set(house, parsed)
  const person = parsed.person ? `${house}/${parsed.person.phone}` : `${house}/`
  const same = seen.get(person)
  if (same) throw new CellProblem(parsed.person ? 'phone' : 'roomNo', `和第 ${same.row} 行重复`)
  seen.set(person, parsed)
}
