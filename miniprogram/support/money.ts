/** 123456 fen → ¥1,234.56 */
export const sayMoney = (fen: number): string => {
  const [yuan, cents] = (Math.abs(fen) / 100).toFixed(2).split('.') as [string, string]
  return `${fen < 0 ? '−' : ''}¥${yuan.replace(/\B(?=(\d{3})+$)/g, ',')}.${cents}`
}
