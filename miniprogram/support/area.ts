/** Hundredths of a square metre, as 88.88 ㎡. */
export const sayArea = (areaSqm: number): string => `${(areaSqm / 100).toFixed(2).replace(/\.?0+$/, '')} ㎡`

/** What somebody typed, as hundredths of a square metre; null when nothing was. NaN when it is no area. */
export const readArea = (text: string): number | null => {
  const typed = text.trim()
  if (!typed) return null
  return /^\d{1,5}(\.\d{1,2})?$/.test(typed) ? Math.round(Number(typed) * 100) : Number.NaN
}
