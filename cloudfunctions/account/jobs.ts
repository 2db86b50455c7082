import { auditIn } from '../_shared/audit'
import { after, minutes } from '../_shared/clock'
import { inTransaction, type Transaction } from '../_shared/db'
import { departedName, type Departed, type DescribeMember, type EraseMember } from '../_shared/departing'
import type { ErasureMark } from '../_shared/erasure-mark'
import { concludeErasure, phoneKeyOf } from '../_shared/erasures'
import { jobs, type JobRunner, type JobRunners } from '../_shared/jobs'
import { members, type Member } from '../_shared/member'
import { owe } from '../_shared/outbox'
import * as ofIncidents from '../incidents/jobs'
import * as ofMembers from '../members/jobs'
import * as ofMessages from '../messages/jobs'
import * as ofPayments from '../payments/departing'
import * as ofRefunds from '../refunds/departing'
import * as ofRepairs from '../repairs/jobs'
import { departedOf, hasDeparted, tombstoneOf } from './departure'
import { erasureIdFor, erasureOf } from './repository'

/** Every feature that stores something of a person, by its name: each erases its own. */
const features: Record<string, { eraseMember: EraseMember; describeMember: DescribeMember }> = {
  incidents: ofIncidents, members: ofMembers, messages: ofMessages, payments: ofPayments, refunds: ofRefunds, repairs: ofRepairs,
}

export const eraseKind = 'erase_member'
export type Erasure = { departed: Departed }

/** Whoever this was is nobody with this transaction; what is stored of them elsewhere is owed. */
export const depart = async (transaction: Transaction, member: Member, now: Date): Promise<void> => {
  const payload: Erasure = { departed: departedOf(member) }
  await transaction.replace(members, tombstoneOf(member))
  await owe(transaction, { _id: erasureIdFor(member._id), kind: eraseKind, payload }, now)
}

/** Erases in every feature, as much as each does at a time. True when nothing is left. */
const eraseEverywhere: EraseMember = async (departed, now) => {
  let isDone = true
  for (const { eraseMember } of Object.values(features)) isDone = (await eraseMember(departed, now)) && isDone
  return isDone
}

/** Stopped anywhere, it begins again and finds less; when it is done its own memory of the person goes with it. */
const erase: JobRunner = async (job, now) => {
  const { departed } = job.payload as Erasure
  if (!(await eraseEverywhere(departed, now))) return after(now, minutes(1))
  await concludeErasure(departed, now)
  return 'done'
}

export const accountJobs: JobRunners = { [eraseKind]: erase }

/** One whose account the backup knows nothing of: who was on file only, or came while it was being made. */
const departedBy = ({ _id, houseIds }: ErasureMark): Departed =>
  ({ memberId: _id, openid: '', name: departedName, phoneHash: null, maskedPhone: null, houseIds })

/**
 * Erases whoever had gone, and was brought back by a backup from before that. `phoneHashes`: of all rows on file that it brought back. Stopped
 * anywhere, it begins again; so does the job it leaves until it is done.
 */
export const eraseAgain = async (mark: ErasureMark, phoneHashes: ReadonlySet<string>, now: Date): Promise<void> => {
  await inTransaction(async (transaction) => {
    const member = await transaction.get(members, mark._id)
    if (!member || hasDeparted(member)) return
    await depart(transaction, member, now)
    await auditIn(transaction, { actorId: mark._id, action: 'account.deleteAccount', subjectId: mark._id, at: mark.at })
  })
  const owed = await erasureOf(mark._id)
  const known = owed ? (owed.payload as Erasure).departed : departedBy(mark)
  const departed = { ...known, houseIds: [...new Set([...known.houseIds, ...mark.houseIds])] }
  // The number of then, and the last one, by which others may have put them on file.
  const numbers = new Set([departed.phoneHash, ...[...phoneHashes].filter((hash) => phoneKeyOf(hash) === mark.phoneKey)])
  for (const phoneHash of numbers) {
    while (!(await eraseEverywhere({ ...departed, phoneHash }, now)));
  }
  await concludeErasure(departed, now)
  if (owed) await jobs.remove(owed._id)
}

/** Everything stored about a person, by feature. */
export const describeEverywhere = async (memberId: string): Promise<Record<string, unknown>> =>
  Object.fromEntries(await Promise.all(Object.entries(features).map(async ([name, { describeMember }]) => [name, await describeMember(memberId)] as const)))
