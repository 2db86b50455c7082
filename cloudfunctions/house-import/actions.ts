import { auditIn } from '../_shared/audit'
import { memberOf, type Caller } from '../_shared/caller'
import { after, seconds } from '../_shared/clock'
import type { Input, Output } from '../_shared/contract'
import { inTransaction } from '../_shared/db'
import { conflict, invalid, notFound } from '../_shared/errors'
import { jobs } from '../_shared/jobs'
import { covers } from '../_shared/member'
import { owe } from '../_shared/outbox'
import type { Situation } from '../_shared/serve'
import { writeSpreadsheet, type SheetContent } from '../_shared/spreadsheet'
import { deleteFiles, downloadFile, isOwnFile, saveFile, temporaryUrls, uploadPrefix } from '../_shared/storage'
import { openVault } from '../_shared/vault'
import { requireWholePost } from '../houses/house'
import { buildingLabelOf } from '../houses/house-name'
import { UnreadableFile } from './archive'
import { limits, type HouseImportContract } from './contract'
import { batchIdFor, importIdFor, problemsOf, requireStartable, type Batch, type HouseImport } from './house-import'
import { cardOf, shownOf } from './import-reply'
import { advanceImport, expiryKind, importKind, jobIdFor, keptForMs, type ExpiryDuty, type ImportDuty } from './jobs'
import { cutIntoBatches, noCounts, planRows, type NeededBuilding } from './plan'
import { batches, currentOf, existingFor, imports, importsOf } from './repository'
import { columns, parseSheet, type ParsedSheet } from './sheet'

type In<A extends keyof HouseImportContract> = Required<Input<HouseImportContract, A>>
type Out<A extends keyof HouseImportContract> = Output<HouseImportContract, A>

const feature = 'house-import'
const batchSize = 500
/** A call works this long at most, and the page's bar moves at least as often. */
const worksForMs = 8_000

export const prepare = async (_: object, { caller }: Situation): Promise<Out<'prepare'>> => {
  const { communityId } = requireWholePost(caller)
  const current = await currentOf(communityId)
  return {
    uploadPrefix: uploadPrefix(feature, caller),
    limits: { fileBytes: limits.fileBytes, rowCount: limits.rowCount },
    columns: columns.filter(({ column }) => column !== 'house').map(({ title, isRequired, example }) => ({ title, isRequired, example })),
    current: current && cardOf(current),
  }
}

const filed = async (path: string, content: SheetContent): Promise<string> => {
  const fileId = await saveFile(path, await writeSpreadsheet(content))
  const url = (await temporaryUrls([fileId])).get(fileId)
  if (url === undefined) throw new Error(`The file ${path} was stored and has no address`)
  return url
}

export const template = async (_: object, { caller }: Situation): Promise<Out<'template'>> => {
  requireWholePost(caller)
  const shown = columns.filter(({ column }) => column !== 'house')
  const url = await filed(`${feature}/template.xlsx`, {
    sheet: '房屋', notice: '从第 3 行开始填写，一人一行；带 * 的必填。填好后删除示例行。手机号用于住户自动认证。',
    titles: shown.map(({ title, isRequired }) => ({ title: isRequired ? `${title}*` : title, width: 14 })),
    rows: [shown.map(({ example }) => example)],
  })
  return { url, fileName: '房屋导入模板.xlsx' }
}

/** Throws INVALID_INPUT on `fileId` with a sentence for the person. */
const readFile = async (fileId: string): Promise<ParsedSheet> => {
  const file = await downloadFile(fileId, limits.fileBytes)
  if (file === null) throw invalid({ fileId: '文件没有上传成功，请重新选择' })
  if (file === 'too_large') throw invalid({ fileId: '文件超过 5 MB，请删除多余内容，或分成几个文件导入' })
  // Loaded only here: no other call of this function needs the reader.
  const { readWorkbook } = await import('./workbook')
  const parsed = parseSheet(await readWorkbook(file, limits.unpackedBytes, limits.rowCount))
  if (!parsed) throw invalid({ fileId: '没有找到表头。第一个工作表里要有「楼栋」和「房号」两列，或「房屋」一列，可以下载模板对照' })
  if (parsed.rowCount > limits.rowCount) throw invalid({ fileId: `最多 ${limits.rowCount.toLocaleString('en')} 行，请分成几个文件导入` })
  return parsed
}

const namesOf = (needed: NeededBuilding[], known: { name: string }[]): string[] =>
  needed.map(({ name, label, entrances }) => (known.some((each) => each.name === name) ? `${label}（单元：${entrances.join('、')}）` : buildingLabelOf(name)))

/** Those of a check that died before it answered are replaced: its phone asks again with the same file. */
const keepRows = async (importId: string, rows: Batch[]): Promise<void> => {
  for (const batch of rows) {
    if (await batches.insert(batch)) continue
    await batches.remove(batch._id)
    await batches.insert(batch)
  }
}

export const check = async ({ requestId, fileId, createsBuildings }: In<'check'>, { caller, now }: Situation): Promise<Out<'check'>> => {
  const { communityId } = requireWholePost(caller)
  if (!isOwnFile(fileId, feature, caller)) throw invalid({ fileId: '文件没有上传成功，请重新选择' })
  const importId = importIdFor(caller.openid, requestId)
  const known = await imports.get(importId)
  if (known) return { import: shownOf(known) }
  const parsed = await readFile(fileId).catch(async (error: unknown) => {
    await deleteFiles([fileId])
    throw error instanceof UnreadableFile ? invalid({ fileId: error.message }) : error
  })
  const vault = await openVault()
  const existing = await existingFor(communityId, parsed.rows)
  const plan = planRows(parsed.rows, existing, createsBuildings, (phone) => vault.hash('phone', phone))
  const refused = new Set(plan.problems.map(({ cell }) => cell))
  const parts = cutIntoBatches(parsed.rows.filter(({ houseCell }) => !refused.has(houseCell)), batchSize)
  const rows = parts.map((part, i): Batch =>
    ({ _id: batchIdFor(importId, i), schema: 1, importId, rows: vault.seal(JSON.stringify(part)), counts: null }))
  const payload: ExpiryDuty = { importId, fileId }
  // Before the rows are kept, and due tomorrow: whatever happens from here on, they and their file will not stay.
  await jobs.insert({ _id: `expiry_${importId}`, schema: 1, kind: expiryKind, dueAt: after(now, keptForMs), attempts: 0, payload })
  await keepRows(importId, rows)
  const member = memberOf(caller)
  const houseImport: HouseImport = {
    _id: importId, schema: 1, communityId, memberId: member._id, byName: member.name, status: 'checked', checkedAt: now, finishedAt: null,
    rowCount: parsed.rowCount, refusedRowCount: parsed.refusedRowCount + plan.refusedRowCount, planned: plan.counts, done: noCounts(),
    newBuildings: namesOf(plan.buildings, existing.buildings), buildings: plan.buildings, areBuildingsMade: plan.buildings.length === 0,
    ...problemsOf([...parsed.problems, ...plan.problems]), batchCount: rows.length, doneBatchCount: 0, leaseUntil: new Date(0),
    orderKey: `${now.toISOString()}_${importId}`,
  }
  const isFirst = await imports.insert(houseImport)
  await deleteFiles([fileId])
  return { import: shownOf(isFirst ? houseImport : (await imports.get(importId))!) }
}

const requireOwn = (houseImport: HouseImport | null, caller: Caller): HouseImport => {
  const post = requireWholePost(caller)
  if (!houseImport || !covers(post, { communityId: houseImport.communityId, building: null })) throw notFound('次导入')
  return houseImport
}

const load = async (importId: string, caller: Caller): Promise<HouseImport> => requireOwn(await imports.get(importId), caller)

const work = async (importId: string, now: Date) => ({ import: shownOf(await advanceImport(importId, worksForMs, now)) })

export const start = async ({ importId, skipsErrors }: In<'start'>, { caller, now }: Situation): Promise<Out<'start'>> => {
  await inTransaction(async (transaction) => {
    const before = requireOwn(await transaction.get(imports, importId), caller)
    if (before.status === 'running' || before.status === 'done') return
    requireStartable(before, skipsErrors)
    await transaction.replace(imports, { ...before, status: 'running' })
    const payload: ImportDuty = { importId }
    // Only once this call and the page that watches have had their turn.
    await owe(transaction, { _id: jobIdFor(importId), kind: importKind, payload }, after(now, seconds(30)))
    await auditIn(transaction, {
      actorId: memberOf(caller)._id, action: 'house-import.start', subjectId: importId, communityId: before.communityId, at: now,
      after: { rows: before.rowCount, houses: before.planned.houses.created + before.planned.houses.changed, people: before.planned.people.created + before.planned.people.changed },
    })
  })
  return work(importId, now)
}

export const advance = async ({ importId }: In<'advance'>, { caller, now }: Situation): Promise<Out<'advance'>> => {
  await load(importId, caller)
  return work(importId, now)
}

export const get = async ({ importId }: In<'get'>, { caller }: Situation): Promise<Out<'get'>> => ({ import: shownOf(await load(importId, caller)) })

export const discard = async ({ importId }: In<'discard'>, { caller, now }: Situation): Promise<Out<'discard'>> => {
  const before = await load(importId, caller)
  const isDiscarded = await imports.update({ _id: importId, status: 'checked' }, { status: 'discarded', finishedAt: now })
  if (isDiscarded === 0 && before.status !== 'discarded') throw conflict('IMPORT_STARTED', '导入已经开始，不能作废')
  await batches.removeWhere({ importId })
  return { import: shownOf({ ...before, status: 'discarded', finishedAt: before.finishedAt ?? now }) }
}

export const list = async ({ cursor }: Input<HouseImportContract, 'list'>, { caller }: Situation): Promise<Out<'list'>> => {
  const { documents, nextCursor } = await importsOf(requireWholePost(caller).communityId, cursor, limits.pageSize)
  return { imports: documents.map(cardOf), nextCursor }
}

export const report = async ({ importId }: In<'report'>, { caller }: Situation): Promise<Out<'report'>> => {
  const { problems, errorCount, warningCount, rowCount } = await load(importId, caller)
  if (problems.length === 0) throw conflict('NO_PROBLEMS', '这次导入没有问题，不需要报告')
  const url = await filed(`${feature}/reports/${importId}.xlsx`, {
    sheet: '问题', notice: `共 ${rowCount} 行，${errorCount} 处错误，${warningCount} 处提醒。改好后重新上传整个表格即可，已导入的不会重复。`,
    titles: [{ title: '单元格', width: 10 }, { title: '级别', width: 8 }, { title: '问题', width: 70 }],
    rows: problems.map(({ cell, level, reason }) => [cell, level === 'error' ? '错误' : '提醒', reason]),
  })
  return { url, fileName: '导入问题.xlsx' }
}
