// The borders of the two tools: what we use of them, by their own names, checked against their typings.
import { createRequire } from 'node:module'
import path from 'node:path'
import { installFolder } from '../install'
import { inRoot } from '../root'

export type OnlineIndex = { Name: string; Unique: boolean; Keys: { Name?: string; Direction?: string }[] }
export type Permission = 'ADMINONLY' | 'CUSTOM'
type StoragePermission = Permission | 'READONLY' | 'PRIVATE' | 'ADMINWRITE'
export type OnlineFunction = {
  Runtime: string
  Timeout: number
  MemorySize: number
  Description: string
  Environment: { Variables: { Key: string; Value: string }[] }
  Triggers: { TriggerName: string; TriggerDesc: string; Type: string }[]
}
type FunctionSettings = { name: string; description?: string; timeout?: number; memorySize?: number; envVariables?: Record<string, string> }

/** @cloudbase/manager-node: database, permissions, and how functions are set up. */
export type Cloud = {
  database: {
    listCollections(page: { MgoLimit: number; MgoOffset: number }): Promise<{ Collections: { CollectionName: string }[] }>
    describeCollection(name: string): Promise<{ Indexes?: OnlineIndex[] }>
    createCollection(name: string): Promise<unknown>
    updateCollection(name: string, change: {
      CreateIndexes?: { IndexName: string; MgoKeySchema: { MgoIsUnique: boolean; MgoIndexKeys: { Name: string; Direction: string }[] } }[]
      DropIndexes?: { IndexName: string }[]
    }): Promise<unknown>
    /** `Data[0]` of a query: a JSON list of documents, each an extended JSON text of its own. */
    runCommands(o: { MgoCommands: { TableName: string; CommandType: string; Command: string }[] }): Promise<{ Data: string[] }>
  }
  permission: {
    describeResourcePermission(o: { resourceType: 'collection' | 'function'; resources?: string[] }): Promise<{
      Data: { PermissionList: { Resource?: string; Permission?: string; SecurityRule?: string }[] }
    }>
    modifyResourcePermission(o: { resourceType: 'collection' | 'function'; resource?: string; permission: Permission; securityRule?: string }): Promise<unknown>
  }
  storage: {
    getStorageAcl(o: { withRule: true }): Promise<{ acl: string; rule?: { read: boolean | string; write: boolean | string } }>
    setStorageAcl(acl: StoragePermission, rule?: { read: boolean | string; write: boolean | string }): Promise<unknown>
  }
  functions: {
    getFunctionList(limit: number, offset: number): Promise<{ Functions: Record<string, string>[] }>
    getFunctionDetail(name: string): Promise<OnlineFunction>
    createFunction(o: { func: FunctionSettings & { runtime: string; handler: string; installDependency: boolean }; functionPath: string; deployMode: 'zip' }): Promise<unknown>
    updateFunctionConfig(settings: FunctionSettings): Promise<unknown>
    waitFunctionActive(name: string): Promise<void>
    createFunctionTriggers(name: string, triggers: { name: string; type: 'timer'; config: string }[]): Promise<unknown>
    deleteFunctionTrigger(name: string, trigger: string): Promise<unknown>
  }
}

/** miniprogram-ci: code of functions (WeChat reads which openapi they may call only from here) and of the phone. */
export type WeChat = {
  uploadFunction(o: { env: string; name: string; path: string; remoteNpmInstall: boolean }): Promise<{ filesCount: number; packSize: number }>
  upload(o: { version: string; desc: string; robot: number; setting: { useProjectConfig: boolean }; onProgressUpdate: () => void }): Promise<unknown>
}

const toolFolder = inRoot('tools/deploy')
const ciFolder = inRoot('tools/wechat-ci')

export const openCloud = async (keys: { secretId: string; secretKey: string }, envId: string): Promise<Cloud> => {
  await installFolder(toolFolder, "Tencent Cloud's manager")
  const CloudBase = createRequire(path.join(toolFolder, 'package.json'))('@cloudbase/manager-node') as new (o: object) => Cloud
  return new CloudBase({ ...keys, envId })
}

type Ci = {
  Project: new (o: object) => object
  upload(o: object): Promise<unknown>
  cloud: { uploadFunction(o: object): Promise<{ filesCount: number; packSize: number }> }
}

/** `projectPath`: what `stagePhone` laid out, also when only functions are uploaded. */
export const openWeChat = async (o: { appid: string; privateKeyPath: string; projectPath: string }): Promise<WeChat> => {
  await installFolder(ciFolder, "WeChat's compiler and uploader")
  // It forks children that need no TypeScript, and leaves an empty folder wherever it runs.
  process.execArgv = []
  process.chdir(path.dirname(o.projectPath))
  const ci = createRequire(path.join(ciFolder, 'package.json'))('miniprogram-ci') as Ci
  const project = new ci.Project({ ...o, type: 'miniProgram', ignores: ['node_modules/**/*'] })
  return {
    uploadFunction: (options) => ci.cloud.uploadFunction({ project, ...options }),
    upload: (options) => ci.upload({ project, ...options }),
  }
}
