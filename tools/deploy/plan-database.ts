import type { Declared, DeclaredCollection, DeclaredIndex } from './declared'
import type { Online } from './online'
import { emptyPlan, isSame, type Plan } from './plan'
import type { Cloud, OnlineIndex } from './tools'

const keysSay = (keys: Record<string, 1 | -1>): string => Object.entries(keys).map(([field, direction]) => (direction === 1 ? field : `${field} ↓`)).join(', ')
const says = ({ unique, keys }: Pick<DeclaredIndex, 'unique' | 'keys'>): string => `${unique ? 'unique ' : ''}(${keysSay(keys)})`

const asDeclared = ({ Name, Unique, Keys }: OnlineIndex): DeclaredIndex => ({
  name: Name, unique: Unique, keys: Object.fromEntries(Keys.map((key) => [key.Name!, key.Direction === '-1' ? -1 : 1])),
})

// The order of an index's keys counts.
const isSameIndex = (a: DeclaredIndex, b: DeclaredIndex): boolean => a.unique === b.unique && isSame(Object.entries(a.keys), Object.entries(b.keys))

const createIndex = (cloud: Cloud, collection: string, { name, unique, keys }: DeclaredIndex) => cloud.database.updateCollection(collection, {
  CreateIndexes: [{
    IndexName: name,
    MgoKeySchema: { MgoIsUnique: unique, MgoIndexKeys: Object.entries(keys).map(([Name, direction]) => ({ Name, Direction: String(direction) })) },
  }],
})

// WeChat makes these itself.
const isItsOwn = (name: string): boolean => name === '_id_' || name.startsWith('_openid')

const planIndexes = ({ name, indexes }: DeclaredCollection, online: OnlineIndex[], cloud: Cloud, replaceIndexes: boolean): Plan => {
  const plan = emptyPlan()
  for (const index of indexes) {
    const there = online.map(asDeclared).find((one) => one.name === index.name)
    if (there && isSameIndex(there, index)) continue
    if (!there) {
      plan.steps.push({ part: 'database', says: `create index ${name}.${index.name} ${says(index)}`, take: async () => void (await createIndex(cloud, name, index)) })
      continue
    }
    const difference = `${name}.${index.name} is ${says(there)} online and ${says(index)} here`
    if (!replaceIndexes) {
      plan.blocks.push(`The index ${difference}. It is never dropped unasked: while a large one is made anew its lists are slow. Run again with --replace-indexes, best at night.`)
      continue
    }
    plan.steps.push({
      part: 'database', says: `drop and create index: ${difference}`,
      take: async () => {
        await cloud.database.updateCollection(name, { DropIndexes: [{ IndexName: index.name }] })
        await createIndex(cloud, name, index)
      },
    })
  }
  const extra = online.filter((one) => !isItsOwn(one.Name) && !indexes.some((index) => index.name === one.Name))
  plan.notes.push(...extra.map((one) => `Index ${name}.${one.Name} is online and not declared here; it stays. Every write pays for it: remove it in the console when no release in use needs it.`))
  return plan
}

const isClosed = (rule: object): boolean => isSame(rule, { read: false, write: false })

const planRule = ({ name, rule }: DeclaredCollection, online: Online, cloud: Cloud): Plan => {
  const plan = emptyPlan()
  const there = online.rules.get(name)
  const isThere = isClosed(rule) ? there?.permission === 'ADMINONLY' : there?.permission === 'CUSTOM' && isSame(there.rule, rule)
  if (isThere) return plan
  const permission = isClosed(rule) ? { permission: 'ADMINONLY' as const } : { permission: 'CUSTOM' as const, securityRule: JSON.stringify(rule) }
  plan.steps.push({
    part: 'database', says: isClosed(rule) ? `close collection ${name} to phones` : `set the rule of collection ${name} to ${JSON.stringify(rule)}`,
    take: async () => void (await cloud.permission.modifyResourcePermission({ resourceType: 'collection', resource: name, ...permission })),
  })
  return plan
}

/** A collection is closed as soon as it exists: what WeChat makes is readable by its writer. */
export const planDatabase = (declared: Declared, online: Online, cloud: Cloud, { replaceIndexes }: { replaceIndexes: boolean }): Plan => {
  const plan = emptyPlan()
  for (const collection of declared.collections) {
    const indexes = online.collections.get(collection.name)
    if (!indexes) {
      plan.steps.push({ part: 'database', says: `create collection ${collection.name}`, take: async () => void (await cloud.database.createCollection(collection.name)) })
    }
    for (const part of [planRule(collection, online, cloud), planIndexes(collection, indexes ?? [], cloud, replaceIndexes)]) {
      plan.steps.push(...part.steps)
      plan.blocks.push(...part.blocks)
      plan.notes.push(...part.notes)
    }
  }
  if (online.storage.acl !== 'CUSTOM' || !isSame(online.storage.rule, declared.storageRule)) {
    plan.steps.push({
      part: 'database', says: 'set who may read and write files (storage.json)',
      take: async () => void (await cloud.storage.setStorageAcl('CUSTOM', declared.storageRule)),
    })
  }
  return plan
}
