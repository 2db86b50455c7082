import { randomUUID } from 'node:crypto'
import { collection, type Stored, type Transaction } from './db'

/** A few plain values before or after a change: never a name in full, a phone number or an openid. */
export type Masked = Record<string, string | number | boolean | null | string[]>

/** Who looked at or changed something that must be answered for. Written only; no action edits or deletes it. */
export type AuditRow = Stored & {
  actorId: string
  /** `<function>.<action>` */
  action: string
  /** The member it is about, where there is one: they see on 我的数据 who looked. Otherwise the house, the order … */
  subjectId: string
  /** Whose managers may read it; null for what concerns no community. */
  communityId: string | null
  before: Masked | null
  after: Masked | null
  at: Date
  /** Time and id: unique, newest first. */
  orderKey: string
}

/** `_id`: made from the request where the fact must exist once; random when absent. */
export type Audit = Pick<AuditRow, 'actorId' | 'action' | 'subjectId' | 'at'> &
  Partial<Pick<AuditRow, '_id' | 'communityId' | 'before' | 'after'>>

export const audits = collection<AuditRow>('audits', {
  // Release 0.1.0 wrote neither a community nor what changed.
  upgrades: [(stored) => ({
    communityId: null, before: null, after: null, orderKey: `${(stored.at as Date | undefined)?.toISOString() ?? ''}_${stored._id}`, ...stored,
  })],
})

/** A row as stored, for those who write many at once. */
export const auditRow = ({ _id = randomUUID(), communityId = null, before = null, after = null, ...audit }: Audit): AuditRow => ({
  _id, schema: 2, ...audit, communityId, before, after, orderKey: `${audit.at.toISOString()}_${_id}`,
})

/** Writes the row by itself, before what it tells of: looking at a number, for example. One round trip. */
export const writeAudit = async (audit: Audit): Promise<void> => {
  await audits.insert(auditRow(audit))
}

/** Writes the row in the transaction of the fact it tells of; one round trip. Throws AlreadyExists when its `_id` was used before. */
export const auditIn = (transaction: Transaction, audit: Audit): Promise<void> => transaction.insert(audits, auditRow(audit))
