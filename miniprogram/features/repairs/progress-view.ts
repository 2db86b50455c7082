/** `current`: the step that is being taken, counted from nought; as many as there are steps once all is done. */
export type Progress = { steps: { word: string }[]; current: number }
export const noProgress: Progress = { steps: [], current: 0 }

const reachedBy: Record<string, number> = { submitted: 0, assigned: 1, in_progress: 2, on_hold: 2, quoted: 2, completed: 4, closed: 4 }
const nowWords: Record<string, string> = { on_hold: '已挂起', quoted: '待确认' }

const stepsOf = (words: string[]): Progress['steps'] => words.map((word) => ({ word }))

/** The four steps of an order and how far it has come; two for one that was cancelled, none for a status not known here. */
export const viewProgress = (status: string): Progress => {
  if (status === 'cancelled') return { steps: stepsOf(['已提交', '已取消']), current: 1 }
  const current = reachedBy[status]
  return current === undefined ? noProgress : { steps: stepsOf(['已提交', '已派单', nowWords[status] ?? '维修中', '已完成']), current }
}
