import { deflateRawSync } from 'node:zlib'
import writeXlsx, { type SheetData } from 'write-excel-file/node'

export type Row = (string | number | Date | null)[]

export const titles = ['楼栋', '单元', '房号', '建筑面积', '姓名', '手机号', '身份']

/** A spreadsheet as somebody's office program would save it. */
export const sheetOf = async (rows: Row[], heading: Row = titles): Promise<Buffer> => writeXlsx([heading, ...rows] as SheetData, { dateFormat: 'yyyy-mm-dd' }).toBuffer()

/** `count` homes of 50 to an entrance and 150 to a building, from building 11 on, an owner in each. */
export const town = (count: number): Row[] => Array.from({ length: count }, (_, i) =>
  [`${Math.floor(i / 150) + 11}号楼`, `${(Math.floor(i / 50) % 3) + 1}单元`, `${(Math.floor(i / 2) % 25) + 1}0${(i % 2) + 1}`, 88.88, `业主${i}`, `1380000${String(i).padStart(4, '0')}`, '业主'])

type Part = { name: string; content: Buffer | string; declaredSize?: number; isLocked?: boolean }

/** An archive byte by byte, for what no office program saves: sizes that are not true, a lock, parts of our own. */
export const archiveOf = (parts: Part[]): Buffer => {
  const [locals, directory]: [Buffer[], Buffer[]] = [[], []]
  let at = 0
  for (const { name, content, declaredSize, isLocked = false } of parts) {
    const plain = Buffer.from(content)
    const packed = deflateRawSync(plain)
    const [local, entry, path] = [Buffer.alloc(30), Buffer.alloc(46), Buffer.from(name)]
    local.writeUInt32LE(0x04034b50, 0)
    entry.writeUInt32LE(0x02014b50, 0)
    for (const [header, flags, method, sizes, length] of [[local, 6, 8, 18, 26], [entry, 8, 10, 20, 28]] as const) {
      header.writeUInt16LE(isLocked ? 1 : 0, flags)
      header.writeUInt16LE(8, method)
      header.writeUInt32LE(packed.length, sizes)
      header.writeUInt32LE(declaredSize ?? plain.length, sizes + 4)
      header.writeUInt16LE(path.length, length)
    }
    entry.writeUInt32LE(at, 42)
    locals.push(local, path, packed)
    directory.push(entry, path)
    at += 30 + path.length + packed.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(directory.reduce((sum, { length }) => sum + length, 0), 12)
  end.writeUInt32LE(at, 16)
  return Buffer.concat([...locals, ...directory, end])
}

const relations = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
const workbook = '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="房屋" sheetId="1" r:id="rId1"/></sheets></workbook>'

/** A spreadsheet whose sheet is written out as XML: `rows` and what follows them. */
export const rawSheet = (rows: string, after = '', more: Part[] = []): Buffer => archiveOf([
  { name: '[Content_Types].xml', content: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>' },
  { name: 'xl/workbook.xml', content: workbook },
  { name: 'xl/_rels/workbook.xml.rels', content: relations },
  { name: 'xl/worksheets/sheet1.xml', content: `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData>${after}</worksheet>` },
  ...more,
])

/** A cell holding a text: text('A1', '楼栋') */
export const text = (address: string, value: string): string => `<c r="${address}" t="inlineStr"><is><t>${value}</t></is></c>`
export const rawRow = (row: number, cells: string): string => `<row r="${row}">${cells}</row>`
export const rawTitles = rawRow(1, ['楼栋', '单元', '房号', '建筑面积', '姓名', '手机号', '身份'].map((title, i) => text(`${'ABCDEFG'[i]}1`, title)).join(''))
