import { randomUUID } from 'node:crypto'
import { collection, type Stored } from './db'

/** Who looked at or changed something that must be answered for. Written only; no action edits or deletes it. */
export type AuditRow = Stored & { actorId: string; action: string; subjectId: string; at: Date }

const audits = collection<AuditRow>('audits')

export const writeAudit = async (row: Pick<AuditRow, 'actorId' | 'action' | 'subjectId' | 'at'>): Promise<void> => {
  await audits.insert({ _id: randomUUID(), schema: 1, ...row })
}
