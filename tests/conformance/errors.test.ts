import { hold, holdToThisMachine, openPlatform } from './platform'
import type { Platform } from './platform'

let platform: Platform
beforeAll(async () => {
  platform = await openPlatform({
    collections: { things: [{ name: 'kind', keys: { kind: 1 } }] },
    functions: { throwing: { code: "exports.main = async () => { throw new TypeError('no such bill') }" } },
  })
})
afterAll(() => platform.close())

const failNext = (name: string, errcode: string) => platform.cloud.post('/control/fault', { kind: 'api', name, errcode, times: 1 })
const words = 'told to fail by /control/fault'

// The platform's code, the SDK's number for it, and the SDK's words.
const codes: [string, number, string][] = [
  ['SYS_ERR', -501001, 'resource system error'],
  ['SERVER_TIMEOUT', -501002, 'resource server timeout'],
  ['EXCEED_REQUEST_LIMIT', -501003, 'exceed request limit'],
  ['EXCEED_CONCURRENT_REQUEST_LIMIT', -501004, 'exceed concurrent request limit'],
  ['INVALIID_ENV', -501005, 'invalid env'],
  ['INVALID_COMMON_PARAM', -501006, 'invalid common parameters'],
  ['INVALID_PARAM', -501007, 'invalid parameters'],
  ['INVALID_REQUEST_SOURCE', -501008, 'invalid request source'],
  ['RESOURCE_NOT_INITIAL', -501009, 'resource not initialized'],
  ['DATABASE_REQUEST_FAILED', -502001, 'database request fail'],
  ['DATABASE_INVALID_OPERRATOR', -502002, 'database invalid command'],
  ['DATABASE_PERMISSION_DENIED', -502003, 'database permission denied'],
  ['DATABASE_COLLECTION_EXCEED_LIMIT', -502004, 'database exceed collection limit'],
  ['DATABASE_COLLECTION_NOT_EXIST', -502005, 'database collection not exists'],
  ['DATABASE_TRANSACTION_CONFLICT', -501001, 'resource system error'],
  ['ANY_OTHER_CODE', -501001, 'resource system error'],
]

describe('a refusal of the database, by code', () => {
  it.each(codes)('%s is %d — wire §3 map [V]', async (code, errCode, text) => {
    await failNext('database.getDocument', code)
    const errMsg = `collection.get:fail ${errCode} ${text}. ${words}`
    expect(await platform.refuse("return db.collection('things').get()")).toEqual({ errCode, errMsg, code: undefined, message: errMsg })
  })
})

const operations: [string, string, string, string][] = [
  ['collection.get', 'database.getDocument', "where({ kind: 'x' }).get()", '[V]'],
  ['collection.count', 'database.calculateDocument', 'count()', '[S]'],
  ['collection.add', 'database.insertDocument', 'add({ data: { n: 1 } })', '[V]'],
  ['collection.update', 'database.modifyDocument', "where({ kind: 'x' }).update({ data: { n: 1 } })", '[S]'],
  ['collection.remove', 'database.removeDocument', "where({ kind: 'x' }).remove()", '[S]'],
  ['document.get', 'database.getDocument', "doc('a').get()", '[S]'],
  ['document.set', 'database.modifyDocument', "doc('a').set({ data: { n: 1 } })", '[S]'],
  ['document.update', 'database.modifyDocument', "doc('a').update({ data: { n: 1 } })", '[S]'],
  ['document.remove', 'database.removeDocument', "doc('a').remove()", '[S]'],
]

describe('a refusal names the operation:', () => {
  it.each(operations)('%s — wire §3 errMsg %#', async (api, action, call) => {
    await failNext(action, 'DATABASE_REQUEST_FAILED')
    expect(await platform.refuse(`return db.collection('things').${call}`))
      .toMatchObject({ errCode: -502001, errMsg: `${api}:fail -502001 database request fail. ${words}`, code: undefined })
  })
})

describe('a refusal that keeps the code of the platform, with errCode -1:', () => {
  const paths: [string, string, string, string][] = [
    ['an aggregate', 'database.aggregateDocuments', "return db.collection('things').aggregate().limit(1).end()", 'collection.aggregate'],
    ['createCollection', 'database.addCollection', "return db.createCollection('more')", 'createCollection'],
    ['uploadFile', 'storage.getUploadMetadata', "return cloud.uploadFile({ cloudPath: 'a.txt', fileContent: Buffer.from('a') })",
      'uploadFile'],
    ['getTempFileURL', 'storage.batchGetDownloadUrl', "return cloud.getTempFileURL({ fileList: ['x'] })", 'getTempFileURL'],
    ['downloadFile', 'storage.batchGetDownloadUrl', "return cloud.downloadFile({ fileID: 'x' })", 'downloadFile'],
    ['deleteFile', 'storage.batchDeleteFile', "return cloud.deleteFile({ fileList: ['x'] })", 'deleteFile'],
    ['callFunction', 'functions.invokeFunction', "return cloud.callFunction({ name: 'throwing' })", 'callFunction'],
  ]
  it.each(paths)('%s — wire §3 row "aggregate().end(), createCollection(), storage, callFunction" [V]',
    async (_name, action, code, api) => {
    await failNext(action, 'SYS_ERR')
    expect(await platform.refuse(code)).toMatchObject({ errCode: -1, errMsg: `${api}:fail ${words}`, code: 'SYS_ERR' })
  })
})

describe('a refusal that is the error of the platform itself, without errCode:', () => {
  const paths: [string, string, string][] = [
    ['startTransaction', 'database.startTransaction', 'return db.startTransaction()'],
    ['commit', 'database.commitTransaction', 'const t = await db.startTransaction(); return t.commit()'],
    ['rollback', 'database.abortTransaction', 'const t = await db.startTransaction(); return t.rollback()'],
  ]
  it.each(paths)('%s — wire §3 row "commit/rollback/startTransaction errors" [V]', async (_name, action, code) => {
    await failNext(action, 'SYS_ERR')
    const raw = { errCode: undefined, errMsg: undefined, code: 'SYS_ERR', message: expect.stringContaining(words) }
    expect(await platform.refuse(code)).toMatchObject(raw)
  })
})

describe('the rows of the error surface', () => {
  const things = "const things = db.collection('things')\n"
  hold(() => platform, [
    { name: 'a document that is not there', evidence: 'wire §3 "doc().get() missing" [V]', code: `${things}return things.doc('zz').get()`,
      fails: { errCode: -1, errMsg: 'document.get:fail document with _id zz does not exist' } },
    { name: 'an update of a document that is not there', evidence: 'wire §3 "doc().update() missing" [V]',
      code: `${things}return things.doc('zz').update({ data: { n: 1 } })`,
      gives: { stats: { updated: 0 }, errMsg: 'document.update:ok' } },
    { name: 'a set with an operator', evidence: 'wire §3 "set with operator" [V]',
      code: `${things}return things.doc('a').set({ data: { n: _.inc(1) } })`,
      fails: { errCode: -502001, errMsg: 'document.set:fail -502001 database request fail. update operator complicit' } },
    { name: 'a collection that is not there', evidence: 'wire §3 "collection missing" [V]',
      code: "return db.collection('nowhere').add({ data: { n: 1 } })",
      fails: { errCode: -502005, errMsg: /^collection\.add:fail -502005 database collection not exists\. .*nowhere/ } },
    { name: 'a duplicate key', evidence: 'wire §3 "duplicate key" [S], wording [?]: found by /E11000|duplicate key/i',
      code: `${things}await things.doc('twice').set({ data: { n: 1 } })\nreturn things.add({ data: { _id: 'twice' } })`,
      fails: { errCode: -502001, errMsg: /^collection\.add:fail -502001 database request fail\. .*E11000 duplicate key error/ } },
    { name: 'a gateway that is down', evidence: 'wire §3 "gateway down" [V]',
      fails: { errCode: -501001, errMsg: /^collection\.get:fail -501001 .*ECONNREFUSED/ },
      code: `const before = process.env.TCB_CONTEXT_CNFG
      process.env.TCB_CONTEXT_CNFG = JSON.stringify({ URL: 'http://127.0.0.1:1/admin' })
      try { return await db.collection('things').get() } finally { process.env.TCB_CONTEXT_CNFG = before }` },
    { name: 'a function that throws', evidence: 'wire §2.2 FUNCTIONS_EXECUTE_FAIL [V]',
      code: "return cloud.callFunction({ name: 'throwing' })",
      fails: { errCode: -1, errMsg: /^callFunction:fail .*no such bill/, code: 'FUNCTIONS_EXECUTE_FAIL' } },
    { name: 'a function that is not there', evidence: 'wire §2.2 FUNCTION_NOT_FOUND [T]',
      code: "return cloud.callFunction({ name: 'nowhere' })",
      fails: { errCode: -1, errMsg: /^callFunction:fail /, code: 'FUNCTION_NOT_FOUND' } },
  ])
})

holdToThisMachine(() => platform)
