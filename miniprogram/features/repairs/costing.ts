import type { PriceItem, QuoteLine, RepairDetail } from '../../../cloudfunctions/repairs/contract'
import { sayMoney } from '../../support/money'
import { byWords, mostOfOne, type QuoteDraft } from './quoting'

/** What the household agreed to pay. */
export type Accepted = NonNullable<RepairDetail['quotation']>
type CostLine = { itemId?: string; name: string; unit: string; kind: 'labour' | 'material'; priceFen: number; quantity: number }
/** What the work really costs, while it is being written; `of` says which quotation it began from. */
export type Cost = { of: string; lines: CostLine[] }

export const acceptedOf = (quotation: RepairDetail['quotation']): Accepted | null => (quotation?.state === 'accepted' ? quotation : null)

const asAccepted = ({ at, lines }: Accepted): Cost => ({
  of: at, lines: lines.map(({ name, unit, kind, priceFen, quantity }) => ({ name, unit, kind, priceFen, quantity })),
})

/** What was written about another quotation than the one that holds now is history. */
export const keptCost = (cost: Cost | null, accepted: Accepted | null): Cost | null => (cost && cost.of === accepted?.at ? cost : null)

export const countLine = (cost: Cost | null, accepted: Accepted, index: number, by: number): Cost => {
  const { of, lines } = cost ?? asAccepted(accepted)
  return { of, lines: lines.map((line, at) => (at === index ? { ...line, quantity: Math.min(mostOfOne, Math.max(0, line.quantity + by)) } : line)) }
}

export const addItem = (cost: Cost | null, accepted: Accepted, { itemId, name, unit, kind, priceFen }: PriceItem): Cost => {
  const { of, lines } = cost ?? asAccepted(accepted)
  return { of, lines: [...lines, { itemId, name, unit, kind, priceFen, quantity: 1 }] }
}

const totalOf = (lines: CostLine[]): number => lines.reduce((sum, { priceFen, quantity }) => sum + priceFen * quantity, 0)
const written = ({ lines }: Cost): CostLine[] => lines.filter(({ quantity }) => quantity > 0)

/** What `complete` is sent: nothing where nothing was changed, for then what was accepted is charged. */
export const linesOfCost = (cost: Cost | null): { lines?: QuoteLine[] } =>
  cost ? { lines: written(cost).map(({ itemId, ...line }) => (itemId ? { itemId, quantity: line.quantity } : line)) } : {}

/** A new quotation begins from what the work costs now. */
export const quoteAnew = (cost: Cost | null): QuoteDraft => {
  const lines = cost ? written(cost) : []
  return {
    quantities: Object.fromEntries(lines.flatMap(({ itemId, quantity }) => (itemId ? [[itemId, quantity]] : []))),
    own: lines.filter(({ itemId }) => !itemId).map(({ name, unit, kind, priceFen, quantity }) => ({ name, unit, kind, priceFen, quantity })),
    note: '',
  }
}

const mostShown = 6

/** What can still be added of the price list: what fits the words searched for, a few at a time. */
export const offerItems = (prices: PriceItem[], cost: Cost | null, search: string): PriceItem[] =>
  prices.filter(({ itemId }) => !cost?.lines.some((line) => line.itemId === itemId)).filter(byWords(search)).slice(0, mostShown)

export const viewCost = (cost: Cost | null, accepted: Accepted) => {
  const { lines } = cost ?? asAccepted(accepted)
  const total = totalOf(lines)
  return {
    rows: lines.map(({ name, unit, priceFen, quantity }, key) => ({ key, name, price: `${sayMoney(priceFen)} / ${unit}`, quantity })),
    total: sayMoney(total),
    accepted: sayMoney(accepted.totalFen),
    // Said here in advance; the server decides.
    isTooMuch: total > accepted.toleratedFen,
  }
}
