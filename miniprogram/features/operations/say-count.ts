/** 12,345 → 1.2 万, as people say large numbers. */
export const sayCount = (count: number): string =>
  count < 10_000 ? String(Math.round(count * 10) / 10) : `${Math.round(count / 1_000) / 10} 万`
