import { collection } from '../_shared/db'
import { command } from '../_shared/platform'
import { withinPost, type Post } from '../_shared/member'
import { cardFields, type Bill } from './bill'
import type { BillStatus } from './contract'

export const bills = collection<Bill>('bills')

export const billsOfHouse = (houseId: string, cursor: string | undefined, limit: number) =>
  bills.page({ houseId }, { by: 'orderKey', direction: 'desc', cursor, limit, fields: cardFields })

export const billsOfDesk = (post: Post, status: BillStatus, cursor: string | undefined, limit: number) =>
  bills.page({ ...withinPost(post), status }, { by: 'deskKey', direction: 'desc', cursor, limit, fields: cardFields })

/** An order that was reopened has one for each time it was finished; the first first. */
export const billsOfSource = (sourceId: string) =>
  bills.find({ 'source.id': sourceId }, { sort: { orderKey: 'asc' }, fields: cardFields })

/** What a house has still to pay; what is being posted is not. Few: a house that owes a thousand bills has stopped paying. */
export const owedByHouse = (houseId: string) =>
  bills.find({ houseId, status: 'unpaid', postingSince: null }, { limit: 1_000, fields: ['amountFen'] })

export const unpaidOfDesk = async (post: Post): Promise<{ amountFen: number; count: number }> => {
  const [found] = await bills.sumBy({ ...withinPost(post), status: 'unpaid' }, {}, ['amountFen'])
  return { amountFen: found?.amountFen ?? 0, count: found?.count ?? 0 }
}

/** Whatever names somebody, the latest first. */
export const billsNaming = (memberId: string, limit: number): Promise<Bill[]> => bills.find({ people: memberId }, { sort: { orderKey: 'desc' }, limit })

export const walkBills = (cursor: string | undefined, limit: number) => bills.page({}, { by: '_id', direction: 'asc', cursor, limit })
export const billsNamed = (ids: string[]) => bills.find({ _id: command.in(ids) }, { limit: ids.length, fields: [] })
