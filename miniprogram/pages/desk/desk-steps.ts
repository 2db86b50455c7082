import type { Stage } from '../../../cloudfunctions/repairs/contract'
import { ensureSession, listApplications } from '../../services/members'
import { openBoard } from '../../services/repair-desk'
import { listRefunds } from '../../services/refunds'
import { queueRepairs } from '../../services/repairs'
import { loadAsMuch } from '../../support/refreshing'
import { hasQueue, refundTodosOf, takesMoney, type Todo, todosOf } from './desk-entries'

/** What needs the person at the desk now; none for whoever keeps no desk, null when it could not be asked. */
export const openTodos = async (): Promise<Todo[] | null> => {
  const role = (await ensureSession()).post?.role ?? ''
  const isDesk = role === 'manager' || role === 'clerk'
  const [board, applications, refunds] = await Promise.all([
    isDesk ? openBoard().catch(() => null) : null,
    isDesk ? listApplications('pending').catch(() => null) : null,
    takesMoney(role) ? listRefunds('requested').catch(() => null) : null,
  ])
  if (isDesk && !board) return null
  return [...(board ? todosOf(board, applications?.pendingCount ?? 0) : []), ...(refunds ? refundTodosOf(refunds) : [])]
}

export type Queue = Awaited<ReturnType<typeof queueRepairs>>
const noQueue: Queue = { repairs: [], nextCursor: null, counts: { waiting: 0, working: 0 } }

/** A guard's or a cashier's desk has no orders. Whoever holds no post is told so by the server. */
export const openQueue = async (stage: Stage, count: number) => {
  const { post } = await ensureSession()
  if (post && !hasQueue(post.role)) return { first: noQueue, rows: noQueue.repairs, nextCursor: null }
  return loadAsMuch(count, (cursor) => queueRepairs(stage, cursor), ({ repairs }) => repairs)
}
