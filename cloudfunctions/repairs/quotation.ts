import type { RepairSettings } from '../_shared/configuration'
import { conflict, invalid } from '../_shared/errors'
import type { QuoteLine } from './contract'

export type BillLine = { name: string; unit: string; kind: 'labour' | 'material'; priceFen: number; quantity: number; amountFen: number }
/** Integer fen. */
export type Bill = { lines: BillLine[]; totalFen: number }
export type Quotation = Bill & { note: string; at: Date; state: 'proposed' | 'accepted' | 'declined' }

/** What a household accepted may be exceeded by so much; beyond it, it is asked again. */
const toleratedPercent = 10
/** More than any repair of one home costs: a slip of the finger, not a price. */
const mostFen = 10_000_000

/** Lines as they are charged: a price of the list is the list's, whatever the phone says. Throws INVALID_INPUT. */
export const priceLines = (lines: QuoteLine[], prices: RepairSettings['prices']): Bill => {
  const priced = lines.map(({ itemId, name = '', unit = '', kind = 'material', priceFen, quantity }): BillLine => {
    if (itemId !== undefined) {
      const item = prices.find((price) => price.itemId === itemId)
      if (!item) throw invalid({ lines: '价目表里没有这一项，请重新选择' })
      return { name: item.name, unit: item.unit, kind: item.kind, priceFen: item.priceFen, quantity, amountFen: item.priceFen * quantity }
    }
    if (name === '' || priceFen === undefined) throw invalid({ lines: '价目表以外的项目，请写下名称和单价' })
    return { name, unit: unit || '项', kind, priceFen, quantity, amountFen: priceFen * quantity }
  })
  const totalFen = priced.reduce((sum, { amountFen }) => sum + amountFen, 0)
  if (totalFen > mostFen) throw invalid({ lines: '金额过大，请核对单价和数量' })
  return { lines: priced, totalFen }
}

/** What the work may come to in the end without asking the household again: fen, rounded down, so that never more than the tenth is. */
export const toleratedFen = ({ totalFen }: Pick<Bill, 'totalFen'>): number => Math.floor((totalFen * (100 + toleratedPercent)) / 100)

/** What the household pays in the end; null for nothing. Throws CONFLICT when it never agreed to that much. */
export const settleCharges = (quotation: Quotation | null, lines: QuoteLine[] | undefined, prices: RepairSettings['prices']): Bill | null => {
  const accepted = quotation?.state === 'accepted' ? quotation : null
  const bill: Bill | null = lines === undefined ? accepted && { lines: accepted.lines, totalFen: accepted.totalFen } : priceLines(lines, prices)
  if (!bill || bill.totalFen === 0) return null
  if (!accepted) throw conflict('REPAIR_NOT_QUOTED', '收费的项目要先报价，等住户同意后再完工')
  if (bill.totalFen > toleratedFen(accepted)) {
    throw conflict('REPAIR_QUOTE_EXCEEDED', '费用比住户同意的报价高出一成以上，请重新报价')
  }
  return bill
}
