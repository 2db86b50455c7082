import { inTransaction } from '../_shared/db'
import { conclude, report, type Finding } from '../_shared/findings'
import { jobs, type JobRunner } from '../_shared/jobs'
import { command } from '../_shared/platform'
import { billIdOf } from '../billing/bill'
import { bills, billsNamed, walkBills } from '../billing/repository'
import { allCommunities } from '../houses/repository'
import { payments, paymentsOfBills } from '../payments/repository'
import { chargedOf } from '../repairs/charging'
import { loadIn, ordersNamed, walkOpen } from '../repairs/repository'
import { faultsOfLedger, type Ledger } from './ledger'
import { refunds, refundsOfBills } from './repository'

/** As many as fit into one reading with all their payments and refunds. */
const atOnce = 50

type Page = { seen: number; found: Finding[]; nextCursor: string | null }

/** Read one after the other, money may have moved in between: only what is wrong in one instant is a finding. */
const confirm = ({ bill, ...names }: Ledger): Promise<Finding[]> => inTransaction(async (transaction) => {
  const now = await transaction.get(bills, bill._id)
  if (!now) return [{ subjectId: bill._id, problem: 'bill_is_gone' }]
  const ledger: Ledger = { bill: now, payments: [], refunds: [], order: await loadIn(transaction, now.source.id) }
  for (const { _id } of names.payments) ledger.payments.push((await transaction.get(payments, _id))!)
  for (const { _id } of names.refunds) ledger.refunds.push((await transaction.get(refunds, _id))!)
  return faultsOfLedger(ledger)
})

const lookAtBills = async (cursor: string | undefined): Promise<Page> => {
  const { documents, nextCursor } = await walkBills(cursor, atOnce)
  const ids = documents.map(({ _id }) => _id)
  const [made, back, orders] = ids.length === 0 ? [[], [], []] : await Promise.all([paymentsOfBills(ids), refundsOfBills(ids), ordersNamed([...new Set(documents.map(({ source }) => source.id))])])
  const ledgers = documents.map((bill): Ledger => ({
    bill, payments: made.filter(({ billId }) => billId === bill._id), refunds: back.filter(({ billId }) => billId === bill._id),
    order: orders.find(({ _id }) => _id === bill.source.id) ?? null,
  }))
  const found: Finding[] = []
  for (const ledger of ledgers) if (faultsOfLedger(ledger).length > 0) found.push(...(await confirm(ledger)))
  return { seen: documents.length, found, nextCursor }
}

/** A bill comes with its order's completion, in one transaction: whatever is read later than the order must be there. */
const lookAtOrders = async (communityId: string, cursor: string | undefined): Promise<Page> => {
  const { documents, nextCursor } = await walkOpen(communityId, 'done', cursor, atOnce)
  const charged = documents.flatMap((order) => chargedOf(order) ?? [])
  const there = new Set(charged.length === 0 ? [] : (await billsNamed(charged.map(billIdOf))).map(({ _id }) => _id))
  const without = charged.filter((one) => !there.has(billIdOf(one)))
  return { seen: documents.length, found: without.map(({ source }) => ({ subjectId: source.id, problem: 'order_without_bill' })), nextCursor }
}

export const booksCheckKind = 'payments_check'
export type BooksWalk = { stage: number; cursor: string | null; seenCount: number }

/** Proves that bills, payments, refunds and orders say the same of the same money; goes on from where it stopped. */
export const checkBooks: JobRunner = async (job, now) => {
  const { stage, cursor, seenCount } = job.payload as BooksWalk
  const from = cursor ?? undefined
  const look = [() => lookAtBills(from), ...(await allCommunities()).map(({ _id }) => () => lookAtOrders(_id, from))][stage]
  if (!look) {
    await conclude(booksCheckKind, job._id, seenCount, now)
    return 'done'
  }
  const { seen, found, nextCursor } = await look()
  await report(booksCheckKind, job._id, found, now)
  const next: BooksWalk = { stage: nextCursor === null ? stage + 1 : stage, cursor: nextCursor, seenCount: seenCount + seen }
  await jobs.update({ _id: job._id }, { payload: command.set(next) })
  return now
}
