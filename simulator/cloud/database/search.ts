import { candidatesOf } from './candidates'
import type { Collection } from './collection'
import { conditionsOf } from './conditions'
import type { Conditions } from './conditions'
import type { Fields } from './ejson'
import { fieldValues } from './field-values'
import { testOf } from './matching'
import { encodeKey } from './order-key'
import type { Direction } from './order-key'
import type { Slot } from './ordered-index'
import { betterPlan, planOf } from './plan'
import type { IndexPlan, Sort } from './plan'

export type Search = { query: Fields; sort: Sort; skip: number; limit: number }

/** How a search will be answered: by ids, by an index, or by looking at everything. */
export type Access = { by: string; plan?: IndexPlan; ids?: string[]; conditions: Conditions; served: boolean }

export type Found = { slots: Slot[]; by: string; examined: number }

const primaryPlan = (collection: Collection, conditions: Conditions, sort: Sort): IndexPlan | undefined => {
  const sortsById = sort.length > 0 && sort.every(([name]) => name === '_id')
  if (!conditions.fields.has('_id') && !sortsById) return undefined
  const plan = planOf(collection.primary, conditions, sort)
  if (plan && conditions.fields.has('_id') && plan.sorted) plan.served = true
  return plan
}

export const accessOf = (collection: Collection, query: Fields, sort: Sort): Access => {
  const conditions = conditionsOf(query)
  const ids = conditions.fields.get('_id')?.points
  if (ids) return { by: '_id_', ids: [...new Set(ids)].filter((id) => typeof id === 'string'), conditions, served: true }
  let plan = primaryPlan(collection, conditions, sort)
  for (const index of collection.indexes) plan = betterPlan(plan, planOf(index, conditions, sort))
  if (plan) return { by: plan.index.name, plan, conditions, served: plan.served }
  const everything = conditions.fields.size === 0 && conditions.others.size === 0 && sort.length === 0
  return { by: 'everything', conditions, served: everything }
}

const isFixed = (conditions: Conditions, name: string): boolean => conditions.fields.get(name)?.points?.length === 1

const isPrecise = (access: Access): boolean => {
  if (access.ids) return access.conditions.precise && access.conditions.fields.size === 1
  if (access.plan) return access.plan.precise
  return access.conditions.fields.size === 0 && access.conditions.others.size === 0 && access.conditions.precise
}

function* slotsById(collection: Collection, ids: string[]): Generator<Slot> {
  for (const id of ids) {
    const slot = collection.slots.get(id)
    if (slot) yield slot
  }
}

const slotsOf = (collection: Collection, access: Access): Iterable<Slot> => {
  if (access.ids) return slotsById(collection, access.ids)
  return access.plan ? candidatesOf(access.plan) : collection.slots.values()
}

const isSorted = (access: Access, sort: Sort): boolean => {
  if (access.plan) return access.plan.sorted
  return (access.ids !== undefined && access.ids.length < 2) || sort.every(([name]) => isFixed(access.conditions, name))
}

// An array sorts by its smallest element, or by its largest when descending; a descending key is inverted, so the smallest key is both.
const sortKey = (document: Fields, paths: { parts: string[]; direction: Direction }[]): string =>
  paths
    .map(({ parts, direction }) => fieldValues(document, parts).values.map((value) => encodeKey(value, direction)))
    .map((keys) => (keys.length === 1 ? keys[0]! : keys.reduce((least, key) => (key < least ? key : least))))
    .join('')

export const sortDocuments = <T extends { document: Fields }>(items: T[], sort: Sort): T[] => {
  const paths = sort.map(([name, direction]) => ({ parts: name.split('.'), direction }))
  const keyed = items.map((item) => ({ item, key: sortKey(item.document, paths) }))
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  return keyed.map(({ item }) => item)
}

export const search = (collection: Collection, access: Access, { query, sort, skip, limit }: Search): Found => {
  const matches = isPrecise(access) ? undefined : testOf(query)
  const sorted = isSorted(access, sort)
  const wanted = sorted ? skip + limit : Infinity
  const slots: Slot[] = []
  let examined = 0
  if (wanted > 0) {
    for (const slot of slotsOf(collection, access)) {
      examined++
      if (matches && !matches(slot.document)) continue
      if (slots.push(slot) >= wanted) break
    }
  }
  const ordered = sorted ? slots : sortDocuments(slots, sort)
  return { slots: skip === 0 && ordered.length <= limit ? ordered : ordered.slice(skip, skip + limit), by: access.by, examined }
}

export const count = (collection: Collection, access: Access, query: Fields): { total: number; examined: number } => {
  if (access.by === 'everything' && isPrecise(access)) return { total: collection.slots.size, examined: 0 }
  const { slots, examined } = search(collection, access, { query, sort: [], skip: 0, limit: Infinity })
  return { total: slots.length, examined }
}
