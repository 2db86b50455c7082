import type { Schema } from '../_shared/schema'
import { status as statuses } from './contract'
import { orderNoOf, peopleOf, searchKeysOf } from './repair-keys'
import type { RepairOrder } from './repair'

type Version1 = {
  _id: string; status?: string; houseLabel?: string; description?: string; submittedAt?: Date; timeline?: { step: string; at: Date }[]
}

const silent = { wroteAt: null, readAt: null }

/**
 * Release 0.1.0 ended an order with its completion, knew no places but homes, and no deadlines. Parts that were not read stay unread:
 * lists read fewer fields than there are.
 */
const toVersion2 = (stored: Record<string, unknown> & { _id: string }) => {
  const { _id, status, houseLabel, description, submittedAt, timeline } = stored as Version1
  const orderNo = submittedAt instanceof Date ? orderNoOf(_id, submittedAt) : ''
  return {
    ...stored,
    ...(status !== undefined && { status: status === 'completed' ? 'closed' : status }),
    building: houseLabel?.includes('号楼') ? houseLabel.split('号楼')[0] : null,
    completedAt: timeline?.find(({ step }) => step === 'complete')?.at ?? null,
    orderNo, place: null, source: 'resident', textCheck: 'pending', video: null, voice: null, slot: null, interrupted: null, heldUntil: null, holdReason: null,
    arrivedAt: null, quotation: null, charges: null, rating: null, reopenCount: 0, urgedAt: null, sla: null, talk: { household: silent, staff: silent },
    mergedInto: null, unassignedSince: null, unassignedToldAt: null, watchId: '', overdueKey: null, publicKey: null,
    searchKeys: houseLabel === undefined || description === undefined ? [] : searchKeysOf({ orderNo, houseLabel, description, place: null }),
  }
}

/** Until then, hours were wished for and nobody had agreed on them. */
const toVersion3 = (stored: Record<string, unknown> & { _id: string }) => ({ ...stored, visit: null })

export const repairSchema: Schema = {
  upgrades: [toVersion2, toVersion3, (stored) => ({ ...stored, people: peopleOf(stored as Partial<RepairOrder>) })],
  isReadable: ({ status, description, submittedAt, photos }) =>
    statuses.safeParse(status).success && typeof description === 'string' && submittedAt instanceof Date && Array.isArray(photos),
}
