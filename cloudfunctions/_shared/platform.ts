import * as sdk from 'wx-server-sdk'

/**
 * The part of wx-server-sdk 4.0.2 that we use, typed as it behaves: the package's own typings are wrong or missing for most of it
 * (promises typed as `void`, no conditional `_.expr`, DYNAMIC_CURRENT_ENV a symbol where a string is asked).
 */
type Query = {
  where(condition: object): Query
  orderBy(field: string, direction: 'asc' | 'desc'): Query
  limit(count: number): Query
  field(projection: Record<string, boolean>): Query
  get(): Promise<{ data: unknown[] }>
  count(): Promise<{ total: number }>
  update(o: { data: object }): Promise<{ stats: { updated: number } }>
  remove(): Promise<{ stats: { removed: number } }>
}
type SingleDocument = {
  get(): Promise<{ data: unknown }>
  set(o: { data: object }): Promise<unknown>
  update(o: { data: object }): Promise<{ stats: { updated: number } }>
  remove(): Promise<{ stats: { removed: number } }>
}
type Aggregation = Record<'match' | 'group' | 'project' | 'sort', (stage: object) => Aggregation> & {
  limit(count: number): Aggregation
  end(): Promise<{ list: unknown[] }>
}
type Collection = Query & {
  doc(id: string): SingleDocument
  add(o: { data: object }): Promise<{ _id: string }>
  aggregate(): Aggregation
}
export type SdkTransaction = {
  collection(name: string): Pick<Collection, 'doc' | 'add'>
  commit(): Promise<unknown>
  rollback(): Promise<unknown>
}
/** An operator of the database's query or update language, opaque to us. */
export type Operator = { readonly operator: unique symbol }
type Operators = {
  lt(value: unknown): Operator
  lte(value: unknown): Operator
  gt(value: unknown): Operator
  gte(value: unknown): Operator
  in(values: readonly unknown[]): Operator
  inc(by: number): Operator
  set(value: unknown): Operator
  remove(): Operator
}
type Database = {
  command: Operators
  collection(name: string): Collection
  startTransaction(): Promise<SdkTransaction>
}
type TemporaryUrl = { fileID: string; tempFileURL: string; status: number }
export type WxContext = { OPENID?: string; ENV: string; SOURCE?: string; CLIENTIP?: string; CLIENTIPV6?: string }
type OpenApiCall = (parameters: object) => Promise<Record<string, unknown>>
export type PayCall = 'unifiedOrder' | 'queryOrder' | 'closeOrder' | 'refund' | 'queryRefund'
type Sdk = {
  DYNAMIC_CURRENT_ENV: unknown
  init(o: { env: unknown }): void
  database(o: { throwOnNotFound: boolean }): Database
  getWXContext(): WxContext
  uploadFile(o: { cloudPath: string; fileContent: Buffer }): Promise<{ fileID: string }>
  deleteFile(o: { fileList: string[] }): Promise<{ fileList: { fileID: string; status: number }[] }>
  getTempFileURL(o: { fileList: { fileID: string; maxAge: number }[] }): Promise<{ fileList: TemporaryUrl[] }>
  openapi: Record<string, Record<string, OpenApiCall>>
  cloudPay: Record<PayCall, (parameters: object) => Promise<Record<string, unknown>>>
}

export const cloud = sdk as unknown as Sdk
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })

export const database = cloud.database({ throwOnNotFound: false })
export const command = database.command
