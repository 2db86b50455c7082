import { audits, auditRow } from '../_shared/audit'
import { after, hours, seconds } from '../_shared/clock'
import type { Vault } from '../_shared/crypto'
import { jobs, type JobRunner, type JobRunners } from '../_shared/jobs'
import { command } from '../_shared/platform'
import { deleteFiles } from '../_shared/storage'
import { openVault } from '../_shared/vault'
import { houseIdFor, houseSchema, newBuilding, newHouse, newRoster, otherHouseId, sealPhone, type House } from '../houses/house'
import { nameWithTitle } from '../_shared/masking'
import * as register from '../houses/repository'
import type { ImportProblem } from './contract'
import { batchIdFor, withProblems, type HouseImport } from './house-import'
import { addCounts, isUnchanged, planRows, type Counts, type Existing, type Plan } from './plan'
import { batches, existingFor, imports, insertMissing, takeLease } from './repository'
import type { ParsedRow } from './sheet'

export const importKind = 'house_import'
export const expiryKind = 'house_import_expiry'
export type ImportDuty = { importId: string }
/** The rows, and the file they came from, until they are no longer needed. */
export type ExpiryDuty = { importId: string; fileId: string }
export const jobIdFor = (importId: string): string => `import_${importId}`
export const keptForMs = hours(24)

const leaseMs = seconds(30)
const tickWorksForMs = 20_000
const attempts = 5
const parallelUpdates = 20

const makeBuildings = async ({ communityId, buildings }: HouseImport): Promise<void> => {
  if (buildings.length === 0) return
  const known = new Map((await register.buildingsOf(communityId)).map((building) => [building.name, building]))
  await insertMissing(register.buildings, buildings.filter(({ name }) => !known.has(name)).map((building) => newBuilding(communityId, building)))
  for (const { name, entrances } of buildings) {
    const before = known.get(name)
    const all = [...new Set([...before?.entrances ?? [], ...entrances])].sort()
    if (before && all.length > before.entrances.length) {
      await register.buildings.update({ _id: before._id, version: before.version }, { entrances: all, version: before.version + 1 })
    }
  }
}

const inParts = async <T>(items: T[], run: (item: T) => Promise<number>): Promise<boolean> => {
  let isWhole = true
  for (let from = 0; from < items.length; from += parallelUpdates) {
    const counts = await Promise.all(items.slice(from, from + parallelUpdates).map(run))
    isWhole &&= !counts.includes(0)
  }
  return isWhole
}

/** Both sides of every change, before it: a number that changed without a trace is what must not happen. */
const auditChanges = (houseImport: HouseImport, { changedHouses, changedPeople }: Plan, at: Date): Promise<void> => {
  const common = { actorId: houseImport.memberId, action: 'house-import.start', communityId: houseImport.communityId, at }
  return insertMissing(audits, [
    ...changedHouses.map(({ house, areaSqm, row }) => auditRow({
      ...common, _id: `${houseImport._id}_house_${row}`, subjectId: house._id, before: { label: house.label, areaSqm: house.areaSqm }, after: { label: house.label, areaSqm },
    })),
    ...changedPeople.map(({ before, person, row }) => auditRow({
      ...common, _id: `${houseImport._id}_person_${row}`, subjectId: before.houseId,
      before: { name: nameWithTitle(before.name, '**'), relation: before.relation, phone: before.maskedPhone },
      after: { name: nameWithTitle(person.name, '**'), relation: person.relation, phone: person.phone.replace(/^(\d{3})\d+(\d{4})$/, '$1****$2') },
    })),
  ])
}

/** Writes what was planned. False when somebody wrote the same, or took a house away, meanwhile: then the rest is planned anew. */
const write = async (houseImport: HouseImport, plan: Plan, existing: Existing, vault: Vault, isLaterAttempt: boolean, now: Date): Promise<boolean> => {
  const { communityId } = houseImport
  await auditChanges(houseImport, plan, now)
  const labels = new Map(existing.buildings.map((building) => [building.name, { ...building, communityId }]))
  const made = plan.newHouses.map((room): House => newHouse(labels.get(room.building)!, room))
  // The usual id of a room may belong to a house that has another number by now.
  const houses = isLaterAttempt ? made.map((house) => ({ ...house, _id: otherHouseId(house) })) : made
  if (!(await register.houses.insertMany(houses))) return false
  const idOf = new Map(houses.map((house, i) => [houseIdFor(communityId, made[i]!), house._id]))
  const people = plan.newPeople.map(({ room, houseId, person }) => {
    const id = houseIdFor(communityId, room)
    return newRoster({ _id: houseId ?? idOf.get(id) ?? id, communityId, building: room.building }, person, person.phone, vault)
  })
  const [arePeopleIn, areHousesChanged, arePeopleChanged] = await Promise.all([
    register.roster.insertMany(people),
    inParts(plan.changedHouses, ({ house: { _id, version }, areaSqm }) =>
      register.houses.update({ _id, version }, { areaSqm, version: version + 1, schema: houseSchema })),
    inParts(plan.changedPeople, ({ before: { _id, version }, person: { name, relation, phone }, isOtherPhone }) =>
      register.roster.update({ _id, version }, { name, relation, ...(isOtherPhone && sealPhone(phone, vault)), version: version + 1 })),
  ])
  const theirs = [...new Set([...people.map(({ houseId }) => houseId), ...plan.changedPeople.map(({ before }) => before.houseId)])]
  const areHousesThere = (await register.holdHouses(theirs)) === theirs.length
  return arePeopleIn && areHousesChanged && arePeopleChanged && areHousesThere
}

type Written = { counts: Counts; problems: ImportProblem[]; refusedRowCount: number }

/**
 * Writes one batch to its end, from wherever it was left: what is in already is found and left alone. Throws when others keep changing
 * the same houses; then it is tried again later.
 */
const writeBatch = async (houseImport: HouseImport, number: number, vault: Vault, now: Date): Promise<Written> => {
  const batch = await batches.get(batchIdFor(houseImport._id, number))
  if (!batch) throw new Error(`Import ${houseImport._id} has lost its rows`)
  const rows = JSON.parse(vault.open(batch.rows)) as ParsedRow[]
  const hashes = new Map<string, string>()
  const hashOf = (phone: string): string => {
    const hash = hashes.get(phone) ?? vault.hash('phone', phone)
    hashes.set(phone, hash)
    return hash
  }
  let counts = batch.counts
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const existing = await existingFor(houseImport.communityId, rows)
    const plan = planRows(rows, existing, false, hashOf)
    const { problems, refusedRowCount } = plan
    if (isUnchanged(plan)) return { counts: counts ?? plan.counts, problems, refusedRowCount }
    if (!counts) {
      await batches.update({ _id: batch._id, counts: null }, { counts: command.set(plan.counts) })
      counts = plan.counts
    }
    if (await write(houseImport, plan, existing, vault, attempt > 2, now)) return { counts, problems, refusedRowCount }
  }
  throw new Error(`Batch ${batch._id} could not be written: others keep changing the same houses`)
}

const finish = async (houseImport: HouseImport, now: Date): Promise<void> => {
  await batches.removeWhere({ importId: houseImport._id })
  await imports.update({ _id: houseImport._id, status: 'running' }, { status: 'done', finishedAt: now })
  await jobs.remove(jobIdFor(houseImport._id))
}

/**
 * Works on a running import for about `worksForMs`, unless somebody else does; answers what has become of it. It may die anywhere: the
 * next one goes on from the last batch that was counted.
 */
export const advanceImport = async (importId: string, worksForMs: number, now: Date): Promise<HouseImport> => {
  const isOurs = await takeLease(importId, now, after(now, leaseMs))
  let current = (await imports.get(importId))!
  if (!isOurs) return current
  const startedAt = performance.now()
  const vault = await openVault()
  if (!current.areBuildingsMade) {
    await makeBuildings(current)
    await imports.update({ _id: importId }, { areBuildingsMade: true })
  }
  while (current.doneBatchCount < current.batchCount && performance.now() - startedAt < worksForMs) {
    const { counts, problems, refusedRowCount } = await writeBatch(current, current.doneBatchCount, vault, now)
    const next = {
      ...current, areBuildingsMade: true, doneBatchCount: current.doneBatchCount + 1, done: addCounts(current.done, counts),
      refusedRowCount: current.refusedRowCount + refusedRowCount, ...withProblems(current, problems),
    }
    const { doneBatchCount, done, errorCount, warningCount } = next
    // Guarded by what it was counted on: a batch is counted once, whoever else has written it too.
    const isCounted = await imports.update({ _id: importId, doneBatchCount: current.doneBatchCount }, {
      doneBatchCount, done: command.set(done), refusedRowCount: next.refusedRowCount, errorCount, warningCount,
      ...(problems.length > 0 && { problems: next.problems }),
    })
    current = isCounted === 1 ? next : (await imports.get(importId))!
  }
  if (current.doneBatchCount < current.batchCount) {
    await imports.update({ _id: importId, status: 'running' }, { leaseUntil: new Date(0) })
    return current
  }
  await finish(current, now)
  return { ...current, status: 'done', finishedAt: now }
}

const runImport: JobRunner = async ({ payload }, now) => {
  const { status } = await advanceImport((payload as ImportDuty).importId, tickWorksForMs, now)
  return status === 'running' ? now : 'done'
}

/** What a file brought that nobody started within a day is forgotten: it holds people's numbers. */
const expire: JobRunner = async ({ payload }, now) => {
  const { importId, fileId } = payload as ExpiryDuty
  const houseImport = await imports.get(importId)
  if (houseImport?.status === 'running') return after(now, keptForMs)
  await imports.update({ _id: importId, status: 'checked' }, { status: 'discarded', finishedAt: now })
  await batches.removeWhere({ importId })
  await deleteFiles([fileId])
  return 'done'
}

export const importJobs: JobRunners = { [importKind]: runImport, [expiryKind]: expire }
