export type ProgressStep = { word: string; state: 'done' | 'now' | 'later' }

const reachedBy: Record<string, number> = { submitted: 0, assigned: 1, in_progress: 2, on_hold: 2, quoted: 2, completed: 3, closed: 4 }
const nowWords: Record<string, string> = { on_hold: '已挂起', quoted: '待确认报价' }

/** The four steps of an order and how far it has come; two for one that was cancelled, none for a status not known here. */
export const viewProgress = (status: string): ProgressStep[] => {
  if (status === 'cancelled') return [{ word: '已提交', state: 'done' }, { word: '已取消', state: 'now' }]
  const reached = reachedBy[status]
  if (reached === undefined) return []
  return ['已提交', '已派单', nowWords[status] ?? '维修中', '已完成'].map((word, index) => ({
    word,
    state: index < reached || reached >= 3 ? 'done' : index === reached ? 'now' : 'later',
  }))
}
