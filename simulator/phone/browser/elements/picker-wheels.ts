/** What a picker shows; `turned` answers with new columns when turning one wheel changes the others. */
export type Wheels = {
  columns: string[][]
  indexes: number[]
  valueOf(indexes: number[]): unknown
  turned?(column: number, index: number): { columns: string[][] } | undefined
}

const two = (number: number): string => String(number).padStart(2, '0')

const numbers = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, index) => from + index)

const clamp = (value: string, start: string, end: string): string => {
  if (value < start) return start
  return value > end ? end : value
}

/** Times `HH:mm`; what lies outside start and end is brought to the nearer of them. */
export const timeWheels = (value: string, start: string, end: string): Wheels => {
  const [hour = 0, minute = 0] = clamp(value || start, start, end).split(':').map(Number)
  return {
    columns: [numbers(0, 23).map((each) => `${two(each)}时`), numbers(0, 59).map((each) => `${two(each)}分`)],
    indexes: [hour, minute],
    valueOf: ([chosenHour = 0, chosenMinute = 0]) => clamp(`${two(chosenHour)}:${two(chosenMinute)}`, start, end),
  }
}

const FIELD_COUNT: Record<string, number> = { year: 1, month: 2, day: 3 }

const daysOf = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate()

/** Days `YYYY-MM-DD`, months `YYYY-MM` or years, by `fields`. */
export const dateWheels = (value: string, start: string, end: string, fields: string): Wheels => {
  const count = FIELD_COUNT[fields] ?? 3
  const from = Number(start.slice(0, 4))
  const to = Number(end.slice(0, 4))
  const [year = from, month = 1, day = 1] = clamp(value || new Date().toISOString().slice(0, 10), start, end).split('-').map(Number)
  const now = [year - from, month - 1, day - 1]
  const columns = (): string[][] =>
    [
      numbers(from, to).map((each) => `${each}年`),
      numbers(1, 12).map((each) => `${each}月`),
      numbers(1, daysOf(from + (now[0] ?? 0), (now[1] ?? 0) + 1)).map((each) => `${each}日`),
    ].slice(0, count)
  return {
    columns: columns(),
    indexes: now.slice(0, count),
    valueOf: (indexes) => {
      const text = [from + (indexes[0] ?? 0), two((indexes[1] ?? 0) + 1), two((indexes[2] ?? 0) + 1)].slice(0, count).join('-')
      return clamp(text, start.slice(0, text.length), end.slice(0, text.length))
    },
    turned: (column, index) => {
      now[column] = index
      return column < 2 ? { columns: columns() } : undefined
    },
  }
}
