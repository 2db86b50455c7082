import { phoneOf, type Building, type House, type Roster } from '../houses/house'
import { buildingLabelOf, housesNamed, nameKeyOf, type HouseName, type Room } from '../houses/house-name'
import type { ImportProblem } from './contract'
import type { ParsedRow } from './sheet'

export type OnFile = Pick<Roster, '_id' | 'houseId' | 'phoneHash' | 'name' | 'relation' | 'maskedPhone' | 'version'>
export type KnownHouse = Pick<House, '_id' | 'building' | 'entrance' | 'roomNo' | 'areaSqm' | 'label' | 'nameKey' | 'version'>
/** What of the register the rows are about. */
export type Existing = { buildings: Pick<Building, 'name' | 'label' | 'entrances'>[]; houses: KnownHouse[]; roster: OnFile[] }

export type Changes = { created: number; changed: number; unchanged: number }
export type Counts = { houses: Changes; people: Changes }
export type NeededBuilding = Pick<Building, 'name' | 'label' | 'entrances'>

type Person = NonNullable<ParsedRow['person']>
/** `house`: one that is there, or the room of one to be made. */
type Placed = { row: ParsedRow; house: KnownHouse | null; room: Room }

export type Plan = {
  newHouses: (Room & { areaSqm: number | null; row: number })[]
  changedHouses: { house: KnownHouse; areaSqm: number; row: number }[]
  newPeople: { room: Room; houseId: string | null; person: Person; row: number }[]
  changedPeople: { before: OnFile; person: Person; isOtherPhone: boolean; row: number }[]
  /** Buildings to be made, and buildings that need more entrances: with all of them. */
  buildings: NeededBuilding[]
  counts: Counts
  problems: ImportProblem[]
  refusedRowCount: number
}

const mostPeople = 20
const keyOf = ({ building, entrance, roomNo }: Room): string => `${building}/${entrance}/${roomNo}`
/** What rows of one house have in common, so that they stay together. */
export const houseKeyOf = ({ names: [name] }: Pick<ParsedRow, 'names'>): string => keyOf({ ...name!, entrance: name!.entrance ?? '' })

const grouped = <T>(items: T[], keyOfItem: (item: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(keyOfItem(item))
    if (group) group.push(item)
    else groups.set(keyOfItem(item), [item])
  }
  return groups
}

class RowProblem extends Error {}

/** The house that a row names, of those there are; undefined when it names none of them. */
const findHouse = (names: HouseName[], houses: Map<string, KnownHouse[]>): KnownHouse | undefined => {
  for (const name of names) {
    const found = housesNamed([name], houses.get(nameKeyOf(name)) ?? [])
    if (found.length > 1) throw new RowProblem(`有 ${found.length} 套房屋都叫这个名字，请写明单元`)
    if (found.length === 1) return found[0]
  }
  return undefined
}

/** Which entrances each building has once the rows are in. */
const entrancesWith = (rows: ParsedRow[], existing: Existing): Map<string, string[]> => {
  const all = new Map(existing.buildings.map(({ name, entrances }) => [name, entrances]))
  for (const { names: [name] } of rows) {
    const entrances = all.get(name!.building) ?? []
    if (name!.entrance !== null && !entrances.includes(name!.entrance)) all.set(name!.building, [...entrances, name!.entrance])
    else if (!all.has(name!.building)) all.set(name!.building, entrances)
  }
  return all
}

const newRoom = (names: HouseName[], existing: Existing, entrances: Map<string, string[]>, mayAddBuildings: boolean): Room => {
  const name = names.find(({ building }) => existing.buildings.some((each) => each.name === building)) ?? names[0]!
  const building = existing.buildings.find((each) => each.name === name.building)
  const known = entrances.get(name.building) ?? []
  if (!building && !mayAddBuildings) throw new RowProblem(`小区里还没有 ${buildingLabelOf(name.building)}，请先添加，或在导入时选「自动添加楼栋」`)
  if (name.entrance === null && known.length > 1) throw new RowProblem('这栋楼有几个单元，请写明是哪个单元')
  const entrance = name.entrance ?? known[0] ?? ''
  if (building && entrance !== '' && !building.entrances.includes(entrance) && !mayAddBuildings) {
    throw new RowProblem(`${building.label}还没有 ${entrance} 单元，请先添加，或在导入时选「自动添加楼栋」`)
  }
  return { building: name.building, entrance, roomNo: name.roomNo }
}

const neededBuildings = (rooms: Room[], existing: Existing): NeededBuilding[] =>
  [...grouped(rooms, ({ building }) => building)].flatMap(([name, inIt]) => {
    const known = existing.buildings.find((each) => each.name === name)
    const before = known?.entrances ?? []
    const added = [...new Set(inIt.map(({ entrance }) => entrance))].filter((entrance) => entrance !== '' && !before.includes(entrance))
    return known && added.length === 0 ? [] : [{ name, label: known?.label ?? buildingLabelOf(name), entrances: [...before, ...added].sort() }]
  })

const none = (): Changes => ({ created: 0, changed: 0, unchanged: 0 })

/** Who of a house's rows is new, has changed, or is on file as they are. A known name with a number nobody has there is a changed number. */
const planPeople = (plan: Plan, placed: Placed[], onFile: OnFile[], hashOf: (phone: string) => string): void => {
  const people = placed.flatMap(({ row: { person, row }, house, room }) => (person ? [{ person, row, house, room, hash: hashOf(phoneOf(person.phone)) }] : []))
  const free = onFile.filter(({ phoneHash }) => !people.some(({ hash }) => hash === phoneHash))
  let count = onFile.length
  for (const { person, row, house, room, hash } of people) {
    const same = onFile.find(({ phoneHash }) => phoneHash === hash)
    const at = same ? -1 : free.findIndex(({ name, relation }) => name === person.name && relation === person.relation)
    const before = same ?? free[at]
    if (at >= 0) free.splice(at, 1)
    if (same && same.name === person.name && same.relation === person.relation) plan.counts.people.unchanged += 1
    else if (before) {
      plan.changedPeople.push({ before, person, isOtherPhone: !same, row })
      plan.counts.people.changed += 1
    } else {
      count += 1
      if (count > mostPeople) throw new RowProblem(`一套房屋最多登记 ${mostPeople} 人`)
      plan.newPeople.push({ room, houseId: house?._id ?? null, person, row })
      plan.counts.people.created += 1
    }
  }
}

const planHouse = (plan: Plan, placed: Placed[]): void => {
  const { house, room } = placed[0]!
  const areaSqm = placed.map(({ row }) => row.areaSqm).find((area) => area !== null) ?? null
  const { row } = placed[0]!.row
  if (!house) plan.newHouses.push({ ...room, areaSqm, row })
  else if (areaSqm !== null && areaSqm !== house.areaSqm) plan.changedHouses.push({ house, areaSqm, row })
  plan.counts.houses[!house ? 'created' : areaSqm !== null && areaSqm !== house.areaSqm ? 'changed' : 'unchanged'] += 1
}

/**
 * What the rows change in the register as it is now, without doing it: the dry run and every batch of the run ask the same. Rows that
 * cannot be placed are problems, by cell. `hashOf`: the look-up hash of a number.
 */
export const planRows = (rows: ParsedRow[], existing: Existing, mayAddBuildings: boolean, hashOf: (phone: string) => string): Plan => {
  const plan: Plan = {
    newHouses: [], changedHouses: [], newPeople: [], changedPeople: [], buildings: [], counts: { houses: none(), people: none() }, problems: [], refusedRowCount: 0,
  }
  const refuse = (refused: ParsedRow[], reason: string) => {
    plan.problems.push(...refused.map(({ houseCell: cell }): ImportProblem => ({ cell, reason, level: 'error' })))
    plan.refusedRowCount += refused.length
  }
  const houses = grouped(existing.houses, ({ nameKey }) => nameKey)
  const roster = grouped(existing.roster, ({ houseId }) => houseId)
  const entrances = entrancesWith(rows, existing)
  const placed: Placed[] = []
  for (const row of rows) {
    try {
      const house = findHouse(row.names, houses) ?? null
      placed.push({ row, house, room: house ?? newRoom(row.names, existing, entrances, mayAddBuildings) })
    } catch (problem) {
      if (!(problem instanceof RowProblem)) throw problem
      refuse([row], problem.message)
    }
  }
  for (const ofHouse of grouped(placed, ({ house, room }) => house?._id ?? keyOf(room)).values()) {
    const before = { people: { ...plan.counts.people }, added: plan.newPeople.length, changed: plan.changedPeople.length }
    try {
      planPeople(plan, ofHouse, roster.get(ofHouse[0]!.house?._id ?? '') ?? [], hashOf)
      planHouse(plan, ofHouse)
    } catch (problem) {
      if (!(problem instanceof RowProblem)) throw problem
      plan.counts.people = before.people
      plan.newPeople.length = before.added
      plan.changedPeople.length = before.changed
      refuse(ofHouse.map(({ row }) => row), problem.message)
    }
  }
  plan.buildings = neededBuildings(plan.newHouses, existing)
  return plan
}

/** Rows of one house stay in one batch: else the house would be made in one and found in the next. */
export const cutIntoBatches = (rows: ParsedRow[], size: number): ParsedRow[][] => {
  const batches: ParsedRow[][] = []
  for (const ofHouse of grouped(rows, houseKeyOf).values()) {
    const last = batches.at(-1)
    if (last && last.length + ofHouse.length <= size) last.push(...ofHouse)
    else batches.push([...ofHouse])
  }
  return batches
}

export const isUnchanged = (plan: Plan): boolean =>
  plan.newHouses.length + plan.changedHouses.length + plan.newPeople.length + plan.changedPeople.length === 0

const addChanges = (a: Changes, b: Changes): Changes => ({ created: a.created + b.created, changed: a.changed + b.changed, unchanged: a.unchanged + b.unchanged })
export const addCounts = (a: Counts, b: Counts): Counts => ({ houses: addChanges(a.houses, b.houses), people: addChanges(a.people, b.people) })
export const noCounts = (): Counts => ({ houses: none(), people: none() })
