import { collection, type Stored, type Transaction } from '../_shared/db'
import { command } from '../_shared/platform'
import { status as statuses, type Stage } from './contract'
import { summaryFields, type RepairOrder, type RepairSummary } from './repair'

export const repairs = collection<RepairOrder>('repairs', {
  upgrades: [],
  isReadable: ({ status, description, submittedAt, photos }) =>
    statuses.safeParse(status).success && typeof description === 'string' && submittedAt instanceof Date && Array.isArray(photos),
})

/** A photo sent to WeChat's content check; the answer comes back by its trace id, minutes later. */
export type PhotoCheck = Stored & { repairId: string; fileId: string; askedAt: Date }
export const photoChecks = collection<PhotoCheck>('photo_checks')

export const listOfHouse = (houseId: string, cursor: string | undefined, limit: number) =>
  repairs.page({ houseId }, { by: 'orderKey', direction: 'desc', cursor, limit, fields: summaryFields })

export const openOfHouse = (houseId: string, limit: number): Promise<RepairSummary[]> =>
  repairs.find({ houseId, isOpen: true }, { sort: { orderKey: 'desc' }, limit, fields: summaryFields })

/** `technicianId` narrows what is taken or finished to one technician's own. */
export const queueOf = (communityId: string, stage: Stage, technicianId: string | null, cursor: string | undefined, limit: number) =>
  repairs.page(
    technicianId !== null && stage !== 'waiting' ? { 'assignee.memberId': technicianId, communityId, stage } : { communityId, stage },
    { by: 'queueKey', direction: stage === 'done' ? 'desc' : 'asc', cursor, limit, fields: summaryFields })

export type QueueCounts = { waiting: number; working: number }

/** The same lists as `queueOf`, counted; one round trip. */
export const countQueue = async (communityId: string, technicianId: string | null): Promise<QueueCounts> => {
  const groups = await countByAssignee(communityId, ['waiting', 'working'])
  const count = (stage: Stage, isMine: boolean) => groups
    .filter((group) => group.stage === stage && (!isMine || group.technicianId === technicianId))
    .reduce((sum, group) => sum + group.count, 0)
  return { waiting: count('waiting', false), working: count('working', technicianId !== null) }
}

/** How many unfinished orders each technician of the community has; one round trip. */
export const countByAssignee = (communityId: string, stages: Stage[]) =>
  repairs.countBy({ communityId, stage: command.in(stages) }, { stage: 'stage', technicianId: 'assignee.memberId' })

export const loadIn = (transaction: Transaction, repairId: string) => transaction.get(repairs, repairId)
export const saveIn = (transaction: Transaction, repair: RepairOrder) => transaction.replace(repairs, repair)
