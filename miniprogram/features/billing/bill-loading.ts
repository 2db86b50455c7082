import type { BillCard } from '../../../cloudfunctions/billing/contract'
import { type BillPage, listBills } from '../../services/billing'
import { loadAsMuch } from '../../support/refreshing'

export type LoadedBills = { first: BillPage; rows: BillCard[]; nextCursor: string | null }

const mostParts = 10
const owedIn = (rows: BillCard[]): number => rows.filter(({ status, isPosting }) => status === 'unpaid' && !isPosting).length

/** A house's bills, at least `count` of them, and on until all that is owed is there: what somebody forgot stands far back. */
export const loadBills = async (houseId: string, count: number): Promise<LoadedBills> => {
  const loaded = await loadAsMuch(count, (cursor) => listBills(houseId, cursor), ({ bills }) => bills)
  for (let parts = 1; loaded.nextCursor && owedIn(loaded.rows) < loaded.first.owed.count && parts < mostParts; parts++) {
    const part = await listBills(houseId, loaded.nextCursor)
    loaded.rows = [...loaded.rows, ...part.bills]
    loaded.nextCursor = part.nextCursor
  }
  return loaded
}
