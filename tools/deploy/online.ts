import type { KeyRecord } from '../../cloudfunctions/_shared/keys'
import type { Declared } from './declared'
import { findDocuments } from './documents'
import type { Cloud, OnlineFunction, OnlineIndex } from './tools'

/** What is there. */
export type Online = {
  collections: Map<string, OnlineIndex[]>
  /** Permission of a collection, and its rule where it has one of its own. */
  rules: Map<string, { permission: string; rule: unknown }>
  functionRules: unknown
  storage: { acl: string; rule?: unknown }
  functions: Map<string, OnlineFunction>
  undeclaredFunctions: string[]
  keyRecords: KeyRecord[]
  configurations: string[]
  hasManager: boolean
  setupCode: { expiresAt: Date } | null
}

export const nothingOnline: Online = {
  collections: new Map(), rules: new Map(), functionRules: null, storage: { acl: 'READONLY' }, functions: new Map(), undeclaredFunctions: [],
  keyRecords: [], configurations: [], hasManager: false, setupCode: null,
}

const pageSize = 100

const parsed = (rule: string | undefined): unknown => {
  try {
    return JSON.parse(rule ?? 'null')
  } catch {
    return rule
  }
}

const collectionNames = async (cloud: Cloud): Promise<string[]> => {
  const names: string[] = []
  for (let offset = 0; ; offset += pageSize) {
    const { Collections } = await cloud.database.listCollections({ MgoLimit: pageSize, MgoOffset: offset })
    names.push(...Collections.map((one) => one.CollectionName))
    if (Collections.length < pageSize) return names
  }
}

const functionNames = async (cloud: Cloud): Promise<string[]> => {
  const { Functions } = await cloud.functions.getFunctionList(pageSize, 0)
  return Functions.map((one) => one.FunctionName!)
}

const inTurn = async <T>(names: string[], read: (name: string) => Promise<T>): Promise<Map<string, T>> => {
  const found = new Map<string, T>()
  // One after another: Tencent Cloud takes 20 questions a second of an account.
  for (const name of names) found.set(name, await read(name))
  return found
}

/** Everything the plan compares with; only reads. */
export const readOnline = async (cloud: Cloud, declared: Declared): Promise<Online> => {
  const existing = new Set(await collectionNames(cloud))
  const names = declared.collections.map(({ name }) => name).filter((name) => existing.has(name))
  const collections = await inTurn(names, async (name) => (await cloud.database.describeCollection(name)).Indexes ?? [])
  const permissions = names.length > 0 ? (await cloud.permission.describeResourcePermission({ resourceType: 'collection', resources: names })).Data.PermissionList : []
  const functionPermissions = (await cloud.permission.describeResourcePermission({ resourceType: 'function' })).Data.PermissionList
  const there = await functionNames(cloud)
  const ours = declared.functions.map(({ name }) => name)
  const documentsOf = <T extends Record<string, unknown> & { _id: string }>(name: string, filter: object, limit?: number): Promise<T[]> =>
    existing.has(name) ? findDocuments<T>(cloud, name, filter, limit) : Promise.resolve([])
  return {
    collections,
    rules: new Map(permissions.map(({ Resource, Permission, SecurityRule }) => [Resource!, { permission: Permission ?? '', rule: parsed(SecurityRule) }])),
    functionRules: parsed(functionPermissions[0]?.SecurityRule),
    storage: await cloud.storage.getStorageAcl({ withRule: true }),
    functions: await inTurn(ours.filter((name) => there.includes(name)), (name) => cloud.functions.getFunctionDetail(name)),
    undeclaredFunctions: there.filter((name) => !ours.includes(name)),
    keyRecords: await documentsOf<KeyRecord>('key_records', {}),
    configurations: (await documentsOf('configurations', {})).map(({ _id }) => _id),
    hasManager: (await documentsOf('members', { postKeys: { $regex: '/manager$' } }, 1)).length > 0,
    setupCode: (await documentsOf<{ _id: string; expiresAt: Date }>('setup_codes', { redeemedAt: null }, 1))[0] ?? null,
  }
}
