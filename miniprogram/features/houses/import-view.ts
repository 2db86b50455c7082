import type { HouseImport } from '../../../cloudfunctions/house-import/contract'

const sentences: Record<HouseImport['status'], string> = { checked: '检查完了，还没有改动任何东西', running: '正在导入', done: '导入完成', discarded: '这次没有导入' }

export const viewImport = (one: HouseImport) => ({
  importId: one.importId,
  status: one.status,
  sentence: sentences[one.status] ?? '正在导入',
  percent: one.progress.total > 0 ? Math.min(100, Math.floor((one.progress.done / one.progress.total) * 100)) : 0,
  progressWord: `${one.progress.done} / ${one.progress.total} 批`,
  counts: [
    { key: 'created', word: '新增房屋', count: one.houses.created },
    { key: 'changed', word: '更新房屋', count: one.houses.changed },
    { key: 'people', word: '登记住户', count: one.people.created + one.people.changed },
    { key: 'same', word: '没有变化', count: one.houses.unchanged },
  ],
  rows: `${one.rowCount} 行`,
  refused: one.refusedRowCount,
  newBuildings: one.newBuildings.length > 0 ? `${one.status === 'checked' ? '会新建' : '新建'}楼栋：${one.newBuildings.join('、')}` : '',
  problems: one.problems.map((problem, index) => ({ ...problem, key: `${problem.cell}-${index}` })),
  problemWord: one.errorCount + one.warningCount > one.problems.length ? `一共 ${one.errorCount + one.warningCount} 处，下面是前 ${one.problems.length} 处` : '',
  hasErrors: one.errorCount > 0,
  steps: one.nextSteps,
})
export type ImportView = ReturnType<typeof viewImport>

/** From the tap until the cloud first says how far it is. */
export const beginning = (checked: ImportView): ImportView =>
  ({ ...checked, status: 'running', sentence: sentences.running, percent: 0, progressWord: '正在开始', counts: checked.counts.map((one) => ({ ...one, count: 0 })) })

/** What the main button says for a step of the import; those not here have no button of their own. */
export const startWord = (one: ImportView): string => (one.hasErrors ? `跳过 ${one.refused} 行，导入其余` : '开始导入')

export const unknownChoices = [{ value: 'create', word: '直接新建' }, { value: 'refuse', word: '算错误，先不导' }]
