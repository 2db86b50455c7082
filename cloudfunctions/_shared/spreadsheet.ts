import type { Row } from 'write-excel-file/node'

/** A cell as a person reads it. Numbers are numbers, so that they can be added up. */
export type SheetCell = string | number | null
export type SheetContent = {
  sheet: string
  /** Above the titles: who made it and when, or how to fill it in. */
  notice: string
  titles: { title: string; width: number }[]
  rows: SheetCell[][]
  /** Below the rows, where there is something to add up. */
  totals?: SheetCell[]
}

/**
 * A text that no spreadsheet takes for a formula, also when the sheet is saved as CSV and opened again: what begins with = + - @, a tab
 * or a line break gets an apostrophe before it.
 */
export const withoutFormula = (text: string): string => (/^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text)

const cellOf = (cell: SheetCell) => (typeof cell === 'string' ? { value: withoutFormula(cell), type: String } : cell)

/** The content as .xlsx. The writer is loaded when first asked for: few calls need it. */
export const writeSpreadsheet = async ({ sheet, notice, titles, rows, totals }: SheetContent): Promise<Buffer> => {
  const { default: writeXlsx } = await import('write-excel-file/node')
  const plain = (cells: SheetCell[]): Row => cells.map(cellOf)
  const data: Row[] = [
    [{ value: withoutFormula(notice), type: String, textColor: '#808080' }],
    titles.map(({ title }) => ({ value: title, type: String, fontWeight: 'bold', backgroundColor: '#eef3f2' })),
    ...rows.map(plain),
    ...(totals ? [totals.map((cell) => (cell === null ? null : { value: typeof cell === 'string' ? withoutFormula(cell) : cell, fontWeight: 'bold' as const }))] : []),
  ]
  return writeXlsx(data, { sheet, columns: titles.map(({ width }) => ({ width })), stickyRowsCount: 2 }).toBuffer()
}
