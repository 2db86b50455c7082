import { EJSON } from 'bson'
import fs from 'node:fs'
import path from 'node:path'
import type { Cloud, OnlineFunction, OnlineIndex, WeChat } from '../../tools/deploy/tools'

type Document = Record<string, unknown> & { _id: string }
type Collection = { indexes: OnlineIndex[]; permission: string; rule?: string; documents: Document[] }
type Code = Record<string, Buffer>

/** What Tencent Cloud and WeChat would hold, and how they answer; `calls` is what was sent, in order. */
export type FakeCloud = {
  cloud: Cloud
  weChat: WeChat
  collections: Map<string, Collection>
  functions: Map<string, OnlineFunction & { code: Code; configFrom: 'wechat' | 'tencent' }>
  functionRules: { rule?: string }
  storage: { acl: string; rule?: { read: boolean | string; write: boolean | string } }
  phones: { version: string; desc: string }[]
  calls: string[]
  /** Every value a function's variables have had. */
  history: { name: string; variables: Record<string, string> }[]
  /** The next call whose name and subject begin so fails like this, after so many that do not. */
  failAt: (call: string, error: { code?: string; message: string }, after?: number) => void
}

const codeFrom = new Map<string, Code>()

/** Read once in a test file: it is two megabytes a function. */
const codeIn = (folder: string): Code => {
  const known = codeFrom.get(folder) ?? Object.fromEntries(fs.readdirSync(folder).map((name) => [name, fs.readFileSync(path.join(folder, name))]))
  codeFrom.set(folder, known)
  return known
}

/** As MongoDB, for what the deployment asks: a value, or a pattern that one of a list's values fits. */
const fits = (document: Document, filter: object): boolean =>
  Object.entries(filter).every(([field, wanted]: [string, any]) => {
    const value = document[field]
    return wanted?.pattern ? [value].flat().some((one) => new RegExp(wanted.pattern as string).test(String(one))) : value === wanted
  })

const notFound = (name: string) => Object.assign(new Error(`function ${name} is not there`), { code: 'ResourceNotFound.Function' })

export const openFakeCloud = (): FakeCloud => {
  const collections: FakeCloud['collections'] = new Map()
  const functions: FakeCloud['functions'] = new Map()
  const calls: string[] = []
  const failures: { call: string; error: { code?: string; message: string }; after: number }[] = []
  const history: FakeCloud['history'] = []
  const functionRules: FakeCloud['functionRules'] = {}
  const storage: FakeCloud['storage'] = { acl: 'READONLY' }
  const phones: FakeCloud['phones'] = []

  const write = (call: string) => {
    calls.push(call)
    const i = failures.findIndex((one) => call.startsWith(one.call))
    if (i < 0) return
    if (failures[i]!.after-- > 0) return
    const [{ error }] = failures.splice(i, 1) as [typeof failures[number]]
    throw Object.assign(new Error(error.message), { code: error.code })
  }
  const collectionOf = (name: string): Collection => {
    const there = collections.get(name)
    if (!there) throw Object.assign(new Error(`collection ${name} is not there`), { code: 'ResourceNotFound' })
    return there
  }
  const functionOf = (name: string) => {
    const there = functions.get(name)
    if (!there) throw notFound(name)
    return there
  }
  const variablesOf = (variables: Record<string, string> = {}) => ({ Variables: Object.entries(variables).map(([Key, Value]) => ({ Key, Value })) })

  const runCommand = (name: string, type: string, command: string): unknown[] => {
    const { documents } = collectionOf(name)
    const parsed = EJSON.parse(command) as Record<string, any>
    if (type === 'QUERY') return documents.filter((document) => fits(document, parsed.filter as object)).slice(0, parsed.limit as number)
    write(`${type.toLowerCase()} ${name}`)
    if (type === 'INSERT') {
      for (const document of parsed.documents as Document[]) {
        if (documents.some(({ _id }) => _id === document._id)) throw Object.assign(new Error('E11000 duplicate key'), { code: 'FailedOperation' })
        documents.push(document)
      }
    }
    if (type === 'UPDATE') {
      for (const { q, u } of parsed.updates as { q: { _id: string }; u: Document }[]) {
        documents.splice(0, documents.length, ...documents.filter(({ _id }) => _id !== q._id), u)
      }
    }
    return []
  }

  const cloud: Cloud = {
    database: {
      listCollections: async ({ MgoLimit, MgoOffset }) => ({ Collections: [...collections.keys()].slice(MgoOffset, MgoOffset + MgoLimit).map((CollectionName) => ({ CollectionName })) }),
      describeCollection: async (name) => ({ Indexes: collectionOf(name).indexes }),
      createCollection: async (name) => {
        write(`createCollection ${name}`)
        collections.set(name, { indexes: [{ Name: '_id_', Unique: true, Keys: [{ Name: '_id', Direction: '1' }] }], permission: 'PRIVATE', documents: [] })
      },
      updateCollection: async (name, { CreateIndexes = [], DropIndexes = [] }) => {
        const { indexes } = collectionOf(name)
        for (const { IndexName } of DropIndexes) {
          write(`dropIndex ${name}.${IndexName}`)
          indexes.splice(indexes.findIndex((one) => one.Name === IndexName), 1)
        }
        for (const { IndexName, MgoKeySchema } of CreateIndexes) {
          write(`createIndex ${name}.${IndexName}`)
          if (indexes.some((one) => one.Name === IndexName)) throw Object.assign(new Error('Index already exists with different options'), { code: 'FailedOperation' })
          indexes.push({ Name: IndexName, Unique: MgoKeySchema.MgoIsUnique, Keys: MgoKeySchema.MgoIndexKeys })
        }
      },
      runCommands: async ({ MgoCommands }) => ({
        Data: MgoCommands.map(({ TableName, CommandType, Command }) => JSON.stringify(runCommand(TableName, CommandType, Command).map((one) => EJSON.stringify(one, { relaxed: false })))),
      }),
    },
    permission: {
      describeResourcePermission: async ({ resourceType, resources }) => ({
        Data: {
          PermissionList: resourceType === 'function'
            ? (functionRules.rule ? [{ Permission: 'CUSTOM', SecurityRule: functionRules.rule }] : [])
            : resources!.map((Resource) => ({ Resource, Permission: collectionOf(Resource).permission, SecurityRule: collectionOf(Resource).rule })),
        },
      }),
      modifyResourcePermission: async ({ resourceType, resource, permission, securityRule }) => {
        write(`rule ${resource ?? resourceType}`)
        if (resourceType === 'function') functionRules.rule = securityRule
        else Object.assign(collectionOf(resource!), { permission, rule: securityRule })
      },
    },
    storage: {
      getStorageAcl: async () => storage,
      setStorageAcl: async (acl, rule) => {
        write('rule storage')
        Object.assign(storage, { acl, rule })
      },
    },
    functions: {
      getFunctionList: async () => ({ Functions: [...functions.keys()].map((FunctionName) => ({ FunctionName })) }),
      getFunctionDetail: async (name) => functionOf(name),
      createFunction: async ({ func, functionPath }) => {
        write(`createFunction ${func.name}`)
        functions.set(func.name, {
          Runtime: func.runtime, Timeout: func.timeout!, MemorySize: func.memorySize!, Description: '', Environment: variablesOf(func.envVariables), Triggers: [],
          code: codeIn(functionPath), configFrom: 'tencent',
        })
      },
      updateFunctionConfig: async ({ name, description, timeout, memorySize, envVariables }) => {
        write(`updateFunctionConfig ${name}`)
        const there = functionOf(name)
        if (description !== undefined) there.Description = description
        if (timeout !== undefined) there.Timeout = timeout
        if (memorySize !== undefined) there.MemorySize = memorySize
        if (envVariables) {
          there.Environment = variablesOf(envVariables)
          history.push({ name, variables: envVariables })
        }
      },
      waitFunctionActive: async (name) => void functionOf(name),
      createFunctionTriggers: async (name, triggers) => {
        write(`createTimer ${name}`)
        functionOf(name).Triggers.push(...triggers.map((one) => ({ TriggerName: one.name, Type: one.type, TriggerDesc: JSON.stringify({ cron: one.config }) })))
      },
      deleteFunctionTrigger: async (name, trigger) => {
        write(`deleteTimer ${name}`)
        const there = functionOf(name)
        there.Triggers = there.Triggers.filter((one) => one.TriggerName !== trigger)
      },
    },
  }

  const weChat: WeChat = {
    uploadFunction: async ({ name, path: folder, remoteNpmInstall }) => {
      write(`uploadFunction ${name}${remoteNpmInstall ? ' installing' : ''}`)
      const code = codeIn(folder)
      Object.assign(functionOf(name), { code, configFrom: 'wechat' })
      return { filesCount: Object.keys(code).length, packSize: 1 }
    },
    upload: async ({ version, desc }) => {
      write(`uploadPhone ${version}`)
      phones.push({ version, desc })
    },
  }
  return { cloud, weChat, collections, functions, functionRules, storage, phones, calls, history, failAt: (call, error, after = 0) => void failures.push({ call, error, after }) }
}
