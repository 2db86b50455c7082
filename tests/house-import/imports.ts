import { newRequest, type Village } from '../support/village'
import { sheetOf, type Row } from './sheets'

/** Something of everything: a change of size and number, somebody new, a new house, a new building, and what is as it was. */
export const mixed: Row[] = [
  ['3号楼', '2单元', '501', 120, '王秀英', '13800138888', '业主'],
  ['3#', '2', '0502', 118.66, '陆海', '138-0013-9999', '业主'],
  ['三栋', '二单元', '503', '99.5㎡', '陆海', '+86 13800139999', null],
  ['4号楼', null, '101', 80, null, null, null],
  ['2号楼', '1单元', '602', 76.2, '周海燕', '13100131062', '业主'],
]
const comesAbout = { houses: { created: 2, changed: 1, unchanged: 2 }, people: { created: 2, changed: 1, unchanged: 1 } }
const logged = 3

export const uploadSheet = async (village: Village, who: string, content: Buffer): Promise<string> => {
  const { uploadPrefix } = await village.as(who).get('house-import', 'prepare', {})
  return village.as(who).upload(`${uploadPrefix}/${newRequest()}.xlsx`, content)
}

export const checkRows = async (village: Village, who: string, rows: Row[], createsBuildings = true) => {
  const fileId = await uploadSheet(village, who, await sheetOf(rows))
  return (await village.as(who).get('house-import', 'check', { requestId: newRequest(), fileId, createsBuildings })).import
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const hasWork = async (village: Village) => (await village.documents('jobs')).some(({ kind }) => kind === 'house_import')

/** Lets `tick` do what is owed, also what a transaction still holds whose function died. */
export const settleImports = async (village: Village, transactionMs: number): Promise<void> => {
  for (let minutes = 10; minutes < 100 && (await hasWork(village)); minutes += 10) {
    if (minutes > 10) await pause(transactionMs)
    await village.tick(new Date(Date.now() + minutes * 60_000).toISOString())
  }
}

/** What is stored of the village, without what a second writing may change. */
export const registerOf = async (village: Village) => {
  const lines = async (collection: string, fields: string[]) =>
    (await village.documents(collection)).filter(({ communityId }) => communityId === 'c-lihua').map((document) => fields.map((field) => String(document[field])).join(' ')).sort()
  return {
    houses: await lines('houses', ['_id', 'label', 'areaSqm', 'nameKey']), roster: await lines('roster', ['_id', 'houseId', 'name', 'relation', 'maskedPhone']),
    buildings: await lines('buildings', ['name', 'label', 'entrances']),
  }
}

export type Death = { moment: 'beforeCall' | 'afterCall'; call: number; transactionMs: number }

const startImport = (village: Village, importId: string) => village.as('zhou').call('house-import', 'start', { importId, skipsErrors: true })

/** An import whose function dies around one of its calls, and whose phone asks again; says what is not as it would have been without. */
export const wrongAfterDeath = async (village: Village, { moment, call, transactionMs }: Death): Promise<string[]> => {
  await village.again()
  await startImport(village, (await checkRows(village, 'zhou', mixed)).importId)
  const whole = JSON.stringify(await registerOf(village))
  await village.again()
  const { importId } = await checkRows(village, 'zhou', mixed)
  await village.post('/control/fault', { kind: 'kill', function: 'house-import', [moment]: call })
  await startImport(village, importId).catch(() => undefined)
  await village.post('/control/fault', { kind: 'none' })
  for (let again = 0; again < 3 && !(await hasWork(village)); again += 1) {
    if ((await startImport(village, importId)).ok) break
    await pause(transactionMs)
  }
  await settleImports(village, transactionMs)
  const { import: done } = await village.as('he').get('house-import', 'get', { importId })
  const counted = JSON.stringify({ houses: done.houses, people: done.people })
  const audits = (await village.documents('audits')).length
  const rowsLeft = (await village.documents('house_import_batches')).length
  return [
    ...(done.status === 'done' ? [] : [`it is ${done.status}`]),
    ...(counted === JSON.stringify(comesAbout) ? [] : [`it counted ${counted}`]),
    ...(JSON.stringify(await registerOf(village)) === whole ? [] : ['the register is another']),
    ...(audits === logged ? [] : [`the log has ${audits} lines`]),
    ...(rowsLeft === 0 ? [] : ['rows are left']),
  ]
}
