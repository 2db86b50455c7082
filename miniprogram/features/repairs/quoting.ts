import type { PriceItem, QuoteLine } from '../../../cloudfunctions/repairs/contract'
import { clearDraft, readDraft, saveDraft } from '../../support/drafts'
import { sayMoney } from '../../support/money'

/** A line the technician names himself, because the price list does not. */
export type OwnLine = { name: string; priceFen: number; quantity: number; unit?: string; kind?: 'labour' | 'material' }
/** How many of each item of the price list, the technician's own lines, and what he says to it. */
export type QuoteDraft = { quantities: Record<string, number>; own: OwnLine[]; note: string }

const name = (repairId: string): string => `quote.${repairId}`
export const restoreQuote = (repairId: string): QuoteDraft => readDraft<QuoteDraft>(name(repairId)) ?? { quantities: {}, own: [], note: '' }
export const keepQuote = (repairId: string, draft: QuoteDraft): void => saveDraft(name(repairId), draft)
export const dropQuote = (repairId: string): void => clearDraft(name(repairId))

export type PriceRow = { itemId: string; name: string; price: string; quantity: number }

/** Of one thing, by tapping. */
export const mostOfOne = 99

export const byWords = (search: string) => ({ name }: { name: string }): boolean => name.includes(search.trim())

export const viewPrice = ({ itemId, name, priceFen, unit }: PriceItem, quantity = 0): PriceRow => ({ itemId, name, price: `${sayMoney(priceFen)} / ${unit}`, quantity })

/** What is chosen first, then what fits the words searched for. */
export const viewPrices = (items: PriceItem[], { quantities }: QuoteDraft, search: string): PriceRow[] => {
  const rows = items
    .filter((item) => (quantities[item.itemId] ?? 0) > 0 || byWords(search)(item))
    .map((item) => viewPrice(item, quantities[item.itemId]))
  return [...rows.filter(({ quantity }) => quantity > 0), ...rows.filter(({ quantity }) => quantity === 0)]
}

export const changeQuantity = (draft: QuoteDraft, itemId: string, by: number): QuoteDraft => {
  const quantity = Math.min(mostOfOne, Math.max(0, (draft.quantities[itemId] ?? 0) + by))
  return { ...draft, quantities: { ...draft.quantities, [itemId]: quantity } }
}

/** Only to be looked at: the server adds up by itself. */
export const sayTotal = (items: PriceItem[], draft: QuoteDraft): string => {
  const listed = items.reduce((sum, item) => sum + item.priceFen * (draft.quantities[item.itemId] ?? 0), 0)
  return sayMoney(draft.own.reduce((sum, line) => sum + line.priceFen * line.quantity, listed))
}

export const linesOf = (draft: QuoteDraft): QuoteLine[] => [
  ...Object.entries(draft.quantities).filter(([, quantity]) => quantity > 0).map(([itemId, quantity]) => ({ itemId, quantity })),
  ...draft.own.map((line) => ({ unit: '项', kind: 'material' as const, ...line })),
]
