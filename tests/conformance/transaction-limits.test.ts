import { hold, holdToThisMachine, openPlatform } from './platform'
import type { Case, Platform } from './platform'
import { collections, gives, gone } from './transaction-rows'

let platform: Platform
let hasty: Platform
beforeAll(async () => {
  platform = await openPlatform({ collections })
  hasty = await openPlatform({ collections, options: { database: { transactionMs: 150 } } })
})
afterAll(() => Promise.all([platform.close(), hasty.close()]))

describe('what is no operation of one document', () => {
  const escaped = (name: string, statement: string, left: unknown): Case => gives(name, 'wire §4 hazard A [V]',
    `await put('h', { owner: 'h', n: 1 })
    const t = await db.startTransaction()
    const seen = await t.collection('accounts').where({ owner: 'h' }).${statement}
    await t.rollback()
    return [seen.stats ?? seen.total, (await read('h'))?.n]`, left)
  hold(() => platform, [
    escaped('where().update() escapes the transaction: a rollback does not undo it', 'update({ data: { n: 2 } })', [{ updated: 1 }, 2]),
    escaped('where().remove() escapes the transaction', 'remove()', [{ removed: 1 }, undefined]),
    escaped('where().count() looks outside the transaction', 'count()', [1, 1]),
    { name: 'where().get() is refused', evidence: 'Database.runTransaction: single records only [D]',
      fails: { errCode: -502001, errMsg: /in a transaction/ },
      code: "return db.runTransaction((t) => t.collection('accounts').where({ owner: 'h' }).get())" },
    { name: 'an add of several is refused', evidence: 'Database.runTransaction: single records only [D]',
      fails: { errCode: -502001, errMsg: /a batch add/ },
      code: "return db.runTransaction((t) => t.collection('accounts').add({ data: [{}, {}] }))" },
  ])
})

describe('a value that must be unique', () => {
  hold(() => platform, [
    gives('and is taken fails in the transaction, which is over then', 'wire §3 "duplicate key" [S]; §4 hazard C [V]',
      `await db.collection('plates').add({ data: { _id: 'u1', plate: 'U1' } })
      const t = await db.startTransaction()
      const answer = await refusal(t.collection('plates').add({ data: { plate: 'U1' } }))
      return [answer.errCode, /E11000 .*index: plate/.test(answer.errMsg),
        (await refusal(t.commit())).code]`, [-502001, true, 'DATABASE_TRANSACTION_FAIL']),
    gives('as an _id fails too', 'wire §3 "duplicate key" [S]',
      `await put('taken', { n: 1 })
      const answer = await refusal(db.runTransaction((t) => t.collection('accounts').add({ data: { _id: 'taken' } })))
      return [answer.errCode, /E11000/.test(answer.errMsg)]`, [-502001, true]),
    gives('is taken by one of two open transactions', 'MongoDB: unique index in transactions',
      `const [t1, t2] = [await db.startTransaction(), await db.startTransaction()]
      await t1.collection('plates').add({ data: { plate: 'U2' } })
      const answer = await refusal(t2.collection('plates').add({ data: { plate: 'U2' } }))
      await t1.commit()
      return [answer.errCode, (await db.collection('plates').where({ plate: 'U2' }).count()).total]`, [-501001, 1]),
  ])
})

describe('a transaction that has ended', () => {
  hold(() => platform, [
    gives('by a commit takes no commit', 'wire §4 TransactionNotExist [T]; §3 commit errors are raw [V]',
      'const t = await db.startTransaction(); await t.commit(); return refusal(t.commit())', gone),
    gives('by a commit takes no rollback', 'wire §4 TransactionNotExist [T]',
      'const t = await db.startTransaction(); await t.commit(); return refusal(t.rollback())', gone),
    gives('by a rollback takes no commit', 'wire §4 TransactionNotExist [T]',
      'const t = await db.startTransaction(); await t.rollback(); return refusal(t.commit())', gone),
    { name: 'takes no operation', evidence: 'wire §4 TransactionNotExist [T]; §3 unknown codes are -501001 [S]',
      code: "const t = await db.startTransaction(); await t.commit(); return t.collection('accounts').doc('a').set({ data: { n: 1 } })",
      fails: { errCode: -501001, code: undefined,
        errMsg: /^document\.set:fail -501001 resource system error\. \[ResourceUnavailable\.TransactionNotExist\]/ } },
  ])
  hold(() => hasty, [
    gives('by its age takes no commit, and what it wrote is gone', 'wire §4 expires, 30 s there [T]',
      `const t = await db.startTransaction()
      await t.collection('accounts').doc('old').set({ data: { n: 1 } })
      await pause(400)
      return [await refusal(t.commit()), await read('old')]`, [gone, undefined]),
    gives('by its age lets go of its documents', 'wire §4 expires, 30 s there [T]',
      `const t = await db.startTransaction()
      await t.collection('accounts').doc('held').set({ data: { n: 1 } })
      await put('held', { n: 2 })
      return (await read('held')).n`, 2),
  ])
})

holdToThisMachine(() => platform)
