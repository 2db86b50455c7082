import { hours } from '../_shared/clock'
import type { JobRunners } from '../_shared/jobs'
import { deleteFiles } from '../_shared/storage'

export const expiryKind = 'export_expiry'
export type ExpiryDuty = { fileId: string }
export const keptForMs = hours(24)

/** A sheet is for whoever asked for it, today: it does not lie about in storage. */
export const exportJobs: JobRunners = {
  [expiryKind]: async ({ payload }) => {
    await deleteFiles([(payload as ExpiryDuty).fileId])
    return 'done'
  },
}
