/** JSON as a careless or hostile phone would write it: unlike JSON.stringify it keeps -0 and numbers beyond all bounds. */
export const jsonText = (value: unknown): string => {
  if (value instanceof Date) return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`
  if (typeof value === 'object' && value !== null) {
    return `{${Object.entries(value).filter(([, each]) => each !== undefined).map(([key, each]) => `${JSON.stringify(key)}:${jsonText(each)}`).join(',')}}`
  }
  if (Object.is(value, -0)) return '-0'
  if (value === Infinity || value === -Infinity) return value > 0 ? '1e999' : '-1e999'
  return JSON.stringify(value) ?? 'null'
}
