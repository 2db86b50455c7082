import { UnreadableFile } from '../../cloudfunctions/house-import/archive'
import { readWorkbook } from '../../cloudfunctions/house-import/workbook'
import { archiveOf, rawRow, rawSheet, rawTitles, sheetOf, text } from './sheets'

const read = (file: Buffer) => readWorkbook(file, 50 * 1024 * 1024, 20_000)
const whole = async () => sheetOf([['3号楼', '2单元', '501', 88.88, '王秀英', '13800135010', '业主']])

describe('a spreadsheet', () => {
  it('is read cell by cell', async () => {
    expect(await read(await whole())).toEqual({
      rows: [['楼栋', '单元', '房号', '建筑面积', '姓名', '手机号', '身份'], ['3号楼', '2单元', '501', 88.88, '王秀英', '13800135010', '业主']],
      merges: [], uncalculated: [], failed: [],
    })
  })

  it('tells which cells were merged, which formulas have no result and which are errors', async () => {
    const rows = [
      rawRow(2, text('A2', '3号楼') + text('B2', '2单元') + text('C2', '501') + '<c r="D2"><f>80+8.88</f><v>88.88</v></c>'),
      rawRow(3, '<c r="C3"><f>C2+1</f></c><c r="D3" t="e"><f>1/0</f><v>#DIV/0!</v></c>'),
    ].join('')
    const sheet = await read(rawSheet(rawTitles + rows, '<mergeCells count="2"><mergeCell ref="A2:A3"/><mergeCell ref="B2:C2"/></mergeCells>'))
    expect(sheet.rows[1]!.slice(0, 4)).toEqual(['3号楼', '2单元', '501', 88.88])
    expect(sheet).toMatchObject({ merges: [{ column: 1, from: 2, to: 3 }], uncalculated: ['C3'], failed: ['D3'] })
  })

  const bomb = 'x'.repeat(60 * 1024 * 1024)
  it.each<[string, () => Buffer | Promise<Buffer>, RegExp]>([
    ['.xls, or with a password', () => Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]), /另存为不带密码的 .xlsx/],
    ['.csv', () => Buffer.from('楼栋,单元,房号\n3号楼,2单元,501\n'), /另存为 .xlsx/],
    ['an empty file', () => Buffer.alloc(0), /已损坏/],
    ['a photo', () => Buffer.concat([Buffer.from('ffd8ffe0', 'hex'), Buffer.alloc(500)]), /不是 .xlsx/],
    ['a file cut off in the middle', async () => (await whole()).subarray(0, 900), /已损坏/],
    ['a file with bytes turned over', async () => {
      const file = await whole()
      return Buffer.concat([file.subarray(0, 60), Buffer.alloc(200, 7), file.subarray(260)])
    }, /已损坏|读不出来/],
    ['an archive that is no spreadsheet', () => archiveOf([{ name: 'letter.xml', content: '<a/>' }]), /不是 .xlsx/],
    ['a locked archive', () => archiveOf([{ name: 'xl/workbook.xml', content: '<a/>', isLocked: true }]), /密码/],
    ['a bomb that says how large it is', () => rawSheet(rawTitles, '', [{ name: 'xl/bomb.xml', content: bomb }]), /太大/],
    ['a bomb that lies about it', () => rawSheet(rawTitles, '', [{ name: 'xl/bomb.xml', content: bomb, declaredSize: 100 }]), /已损坏/],
    ['a sheet with a cell in the millionth row', () => rawSheet(rawTitles + rawRow(1_048_576, text('A1048576', 'x'))), /20,000 行/],
    ['a sheet with a cell in the last column', () => rawSheet(rawTitles + rawRow(2, text('XFD2', 'x'))), /太宽/],
    ['a spreadsheet without a sheet', () => archiveOf([{ name: 'xl/workbook.xml', content: '<workbook><sheets/></workbook>' }]), /没有工作表/],
    ['XML that does not end', () => rawSheet(`${rawTitles}<row r="2"><c`), /读不出来|已损坏/],
  ])('is refused with a sentence: %s', async (_, make, sentence) => {
    const from = performance.now()
    const refused = await read(await make()).catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(UnreadableFile)
    expect((refused as Error).message).toMatch(sentence)
    expect(performance.now() - from).toBeLessThan(5_000)
  })
})
