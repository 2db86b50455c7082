/** 123456 fen → ¥1,234.56 */
export const sayMoney = (fen: number): string => {
  const [yuan, cents] = (Math.abs(fen) / 100).toFixed(2).split('.') as [string, string]
  return `${fen < 0 ? '−' : ''}¥${yuan.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`
}

/** 12.5 元 as people type it → 1250 fen; null for what is no amount. */
export const readYuan = (text: string): number | null => {
  const found = /^(\d{1,6})(?:\.(\d{1,2}))?$/.exec(text.trim())
  return found ? Number(found[1]) * 100 + Number((found[2] ?? '').padEnd(2, '0')) : null
}
