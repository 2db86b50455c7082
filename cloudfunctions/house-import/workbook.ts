import readXlsx from 'read-excel-file/universal'
import { openArchive, packPlainly, UnreadableFile } from './archive'
import { columnNumber, type Cell, type Sheet } from './sheet'

/** The furthest to the right that a cell may stand; a sheet for people is never so wide. */
const widest = 100
/** Below the last row that may count: the heading, and what stands above it. */
const slack = 50

const attribute = (tag: string, name: string): string | undefined => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1]

/** The part that holds the first sheet. */
const firstSheetOf = (parts: Map<string, Buffer>): string => {
  const workbook = parts.get('xl/workbook.xml')!.toString('utf8')
  const relationId = attribute(/<(?:\w+:)?sheet\b[^>]*>/.exec(workbook)?.[0] ?? '', 'r:id')
  const relations = parts.get('xl/_rels/workbook.xml.rels')?.toString('utf8') ?? ''
  const relation = [...relations.matchAll(/<(?:\w+:)?Relationship\b[^>]*>/g)].map(([tag]) => tag).find((tag) => attribute(tag, 'Id') === relationId)
  const target = relation && attribute(relation, 'Target')
  const name = target?.startsWith('/') ? target.slice(1) : `xl/${target}`
  const content = parts.get(name)
  if (!content) throw new UnreadableFile('这个表格里没有工作表，请检查后重新上传')
  return content.toString('utf8')
}

type Oddities = Pick<Sheet, 'merges' | 'uncalculated' | 'failed'>

/** What the reader does not tell: merged cells, formulas without a result, results that are errors. Refuses a sheet that is too large. */
const odditiesOf = (xml: string, mostRows: number): Oddities => {
  const [uncalculated, failed]: [string[], string[]] = [[], []]
  for (const [, tag, content = ''] of xml.matchAll(/<(?:\w+:)?c\b([^>]*?)(?:\/>|>([\s\S]*?)<\/(?:\w+:)?c>)/g)) {
    const address = attribute(tag!, 'r') ?? ''
    const [, column = '', row = '0'] = /^([A-Z]+)([0-9]+)$/.exec(address) ?? []
    if (columnNumber(column) > widest) throw new UnreadableFile(`表格太宽（${address}），请只保留导入需要的列`)
    if (Number(row) > mostRows + slack) throw new UnreadableFile(`表格超过 ${mostRows.toLocaleString('en')} 行，请分成几个文件导入，并删除下方的空行`)
    const hasValue = /<(?:\w+:)?v>[^<]/.test(content)
    if (/<(?:\w+:)?f[\s/>]/.test(content) && !hasValue && attribute(tag!, 't') !== 'str') uncalculated.push(address)
    if (attribute(tag!, 't') === 'e') failed.push(address)
  }
  const merges = [...xml.matchAll(/<(?:\w+:)?mergeCell\b[^>]*\bref="([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)"/g)].map(([, column, from, , to]) =>
    ({ column: columnNumber(column!), from: Number(from), to: Math.min(Number(to), mostRows + slack) }))
  return { merges: merges.filter(({ from, to }) => to > from), uncalculated, failed }
}

/** Cells that are errors have no value that could be read: they are emptied, and reported by their address. */
const withoutErrors = (xml: string): string => xml.replace(/<((?:\w+:)?c)\b([^>]*)\bt="e"([^>]*)>[\s\S]*?<\/\1>/g, '<$1$2$3/>')

/**
 * The first sheet of an .xlsx file. `mostBytes`: unpacked. Throws UnreadableFile, with a sentence for the person, for whatever cannot
 * be read or is too large.
 */
export const readWorkbook = async (file: Buffer, mostBytes: number, mostRows: number): Promise<Sheet> => {
  const parts = openArchive(file, mostBytes)
  const oddities = odditiesOf(firstSheetOf(parts), mostRows)
  if (oddities.failed.length > 0) {
    for (const [name, content] of parts) if (name.startsWith('xl/worksheets/')) parts.set(name, Buffer.from(withoutErrors(content.toString('utf8'))))
  }
  try {
    const [first] = await readXlsx(packPlainly(parts))
    return { rows: (first?.data ?? []) as Cell[][], ...oddities }
  } catch {
    throw new UnreadableFile('这个表格读不出来。请在表格软件里重新保存一份 .xlsx 再上传')
  }
}
