import { contentReviews } from '../_shared/content-review'
import type { Chosen } from '../_shared/db'
import { withinPost, type Post } from '../_shared/member'
import { command } from '../_shared/platform'
import { summaryFields, type RepairOrder } from '../repairs/repair'
import { repairs, revisits } from '../repairs/repository'
import type { DeskList } from './contract'

const readFields = [...summaryFields, 'building', 'communityId', 'overdueKey', 'queueKey', 'orderKey', 'searchKeys'] as const
export type DeskRepair = Chosen<RepairOrder, '_id' | (typeof readFields)[number]>

const stages = { waiting: 'waiting', working: 'working', on_hold: 'working', quoted: 'working', done: 'done' } as const

/** A stretch of a list, before any filter that no index serves. */
export const stretchOf = (post: Post, list: DeskList, now: Date, cursor: string | undefined, limit: number) => {
  if (list !== 'overdue') {
    const stage = stages[list]
    return repairs.page({ ...withinPost(post), stage }, { by: 'queueKey', direction: stage === 'done' ? 'desc' : 'asc', cursor, limit, fields: readFields })
  }
  // Without a cursor the range is its own beginning; what lies beyond now is cut off by whoever reads on.
  return repairs.page({ ...withinPost(post), ...(cursor === undefined && { overdueKey: command.lt(now.toISOString()) }) },
    { by: 'overdueKey', direction: 'asc', cursor, limit, fields: readFields })
}

export const countOverdue = (post: Post, now: Date): Promise<number> => repairs.count({ ...withinPost(post), overdueKey: command.lt(now.toISOString()) })

/** Unfinished orders by status, and how many each technician works on; one round trip. */
export const countOpen = (post: Post) =>
  repairs.countBy({ ...withinPost(post), stage: command.in(['waiting', 'working']) }, { stage: 'stage', status: 'status', technicianId: 'assignee.memberId' })

/** Orders that carry a search key, the latest first; each is still to be compared with the whole text. */
export const candidatesFor = (communityId: string, key: string, cursor: string | undefined, limit: number) =>
  repairs.page({ communityId, searchKeys: key }, { by: 'orderKey', direction: 'desc', cursor, limit, fields: readFields })

export const revisitsOf = (post: Post, state: 'open' | 'done', cursor: string | undefined, limit: number) =>
  revisits.page({ ...withinPost(post), state }, { by: 'orderKey', direction: 'desc', cursor, limit })

export const countRevisits = (post: Post): Promise<number> => revisits.count({ ...withinPost(post), state: 'open' })

export const openReviewsOf = (post: Post, cursor: string | undefined, limit: number) =>
  contentReviews.page({ ...withinPost(post), state: 'open' }, { by: 'orderKey', direction: 'asc', cursor, limit })
export const countReviews = (post: Post): Promise<number> => contentReviews.count({ ...withinPost(post), state: 'open' })
