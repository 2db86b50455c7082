import { hold, holdToThisMachine, openPlatform } from './platform'
import type { Platform } from './platform'
import { collections, conflict, gives, gone, helpers } from './transaction-rows'

let platform: Platform
beforeAll(async () => {
  platform = await openPlatform({ collections })
})
afterAll(() => platform.close())

describe('a transaction', () => {
  hold(() => platform, [
    gives('is seen by others once it is committed, not before', 'wire §4 snapshot isolation [T]',
      `await put('c1', { n: 1 })
      const t = await db.startTransaction()
      await t.collection('accounts').doc('c1').update({ data: { n: 2 } })
      const before = (await read('c1')).n
      await t.commit()
      return [before, (await read('c1')).n]`, [1, 2]),
    gives('leaves nothing when it is rolled back', 'wire §4 [T]',
      `await put('r1', { n: 1 })
      const t = await db.startTransaction()
      await t.collection('accounts').doc('r1').update({ data: { n: 2 } })
      await t.collection('accounts').add({ data: { _id: 'r2' } })
      await t.collection('accounts').doc('r3').set({ data: { n: 3 } })
      await t.rollback()
      return [(await read('r1')).n, await read('r2'), await read('r3')]`, [1, undefined, undefined]),
    gives('sees its own writes', 'wire §4 own writes visible [T]',
      `await put('o1', { n: 1 })
      const t = await db.startTransaction()
      const own = t.collection('accounts')
      await own.doc('o1').update({ data: { n: _.inc(1) } })
      await own.add({ data: { _id: 'o2', n: 7 } })
      const seen = [(await own.doc('o1').get()).data.n, (await own.doc('o2').get()).data.n]
      await own.doc('o2').remove()
      seen.push((await own.doc('o2').get().catch(() => ({ data: null }))).data)
      await t.rollback()
      return seen`, [2, 7, null]),
    gives('fixes what it sees at its first operation, not at its start', 'wire §4 snapshot at the first operation [T]',
      `await put('s1', { n: 1 }); await put('s2', { n: 1 })
      const t = await db.startTransaction()
      await put('s1', { n: 2 })
      const first = (await t.collection('accounts').doc('s1').get()).data.n
      await put('s2', { n: 2 })
      const second = (await t.collection('accounts').doc('s2').get()).data.n
      await t.rollback()
      return [first, second]`, [2, 1]),
    gives('writes in several collections, all or none', 'wire §4 [T]',
      `await db.runTransaction(async (t) => {
        await t.collection('accounts').add({ data: { _id: 'm1' } })
        await t.collection('plates').add({ data: { _id: 'm2', plate: 'M2' } })
      })
      return [(await read('m1'))._id, (await db.collection('plates').doc('m2').get()).data.plate]`, ['m1', 'M2']),
    gives('may remove a document and add it again', 'MongoDB transactions',
      `await put('a1', { n: 1 })
      await db.runTransaction(async (t) => {
        await t.collection('accounts').doc('a1').remove()
        await t.collection('accounts').add({ data: { _id: 'a1', n: 2 } })
      })
      return (await read('a1')).n`, 2),
    gives('counts what it changes, but never what it makes', 'SDK document.ts set in a transaction [S]',
      `const t = await db.startTransaction()
      const own = t.collection('accounts')
      const answers = [await own.doc('k1').set({ data: { n: 1 } }), await own.doc('k1').set({ data: { n: 2 } })]
      answers.push(await own.doc('k1').update({ data: { n: 3 } }), await own.doc('kz').update({ data: { n: 3 } }))
      answers.push(await own.doc('k1').remove(), await own.doc('k1').remove())
      await t.rollback()
      return answers.map(({ stats }) => stats)`,
      [{ updated: 0, created: 0 }, { updated: 1, created: 0 }, { updated: 1 }, { updated: 0 }, { removed: 1 }, { removed: 0 }]),
    { name: 'throws for a document that is not there', evidence: 'wx-server-sdk document.get [S]',
      code: "return db.runTransaction((t) => t.collection('accounts').doc('zz').get())",
      fails: { errCode: -1, errMsg: 'document.get:fail document with _id zz does not exist' } },
    gives('answers null for it where asked so', 'wx-server-sdk document.get, throwOnNotFound [S]',
      `const forgiving = cloud.database({ throwOnNotFound: false })
      return (await forgiving.runTransaction((t) => t.collection('accounts').doc('zz').get())).data`, null),
  ])
})

describe('of two transactions', () => {
  hold(() => platform, [
    gives('the second to write a document conflicts at once', 'wire §4 conflict [T]; §3 "txn conflict in an operation" [V]',
      `await put('w1', { n: 1 })
      const [t1, t2] = [await db.startTransaction(), await db.startTransaction()]
      await t1.collection('accounts').doc('w1').update({ data: { n: 2 } })
      const answer = await refusal(t2.collection('accounts').doc('w1').update({ data: { n: 3 } }))
      await t1.commit()
      return [answer, (await read('w1')).n]`, [expect.objectContaining(conflict), 2]),
    gives('one that writes what has changed since it looked conflicts', 'wire §4 conflict [T]; §3 [V]',
      `await put('w2', { n: 1 })
      const t = await db.startTransaction()
      await t.collection('accounts').doc('w2').get()
      await put('w2', { n: 2 })
      return refusal(t.collection('accounts').doc('w2').set({ data: { n: 3 } }))`, expect.objectContaining(conflict)),
    gives('both may pass where each writes what the other has read', 'wire §4 write skew is possible (MongoDB)',
      `await put('x', { on: true }); await put('y', { on: true })
      const [t1, t2] = [await db.startTransaction(), await db.startTransaction()]
      for (const t of [t1, t2]) for (const id of ['x', 'y']) await t.collection('accounts').doc(id).get()
      await t1.collection('accounts').doc('x').update({ data: { on: false } })
      await t2.collection('accounts').doc('y').update({ data: { on: false } })
      await t1.commit(); await t2.commit()
      return [(await read('x')).on, (await read('y')).on]`, [false, false]),
    gives('one that has conflicted is over', 'wire §4 hazard C [V]',
      `await put('w3', { n: 1 })
      const [t1, t2] = [await db.startTransaction(), await db.startTransaction()]
      await t1.collection('accounts').doc('w3').update({ data: { n: 2 } })
      await refusal(t2.collection('accounts').doc('w3').update({ data: { n: 3 } }))
      const answer = await refusal(t2.commit())
      await t1.rollback()
      return answer`, gone),
    gives('a write outside waits for one that holds its document', 'wire §4 a write to a locked doc waits [?], MongoDB',
      `await put('w4', { n: 1 })
      const t = await db.startTransaction()
      await t.collection('accounts').doc('w4').update({ data: { n: 10 } })
      const outside = accounts.doc('w4').update({ data: { n: _.inc(1) } })
      await pause(60)
      await t.commit(); await outside
      return (await read('w4')).n`, 11),
    gives('none of fifty at once loses an update: those that conflict fail', 'wire §4 hazard B, 50 in parallel [V]',
      `await put('sum', { n: 0 })
      const add = () => db.runTransaction(async (t) => {
        const { data } = await t.collection('accounts').doc('sum').get()
        await t.collection('accounts').doc('sum').update({ data: { n: data.n + 1 } })
      })
      const ends = await Promise.allSettled(Array.from({ length: 50 }, add))
      const passed = ends.filter(({ status }) => status === 'fulfilled').length
      const codes = new Set(ends.filter(({ reason }) => reason).map(({ reason }) => reason.errCode))
      return [(await read('sum')).n === passed, passed > 0, passed < 50, [...codes]]`, [true, true, true, [-501001]]),
  ])
})

describe('runTransaction', () => {
  hold(() => platform, [
    gives('gives what its callback returns', 'wire §4; Database.runTransaction [D]',
      "return db.runTransaction(async (t) => { await t.collection('accounts').add({ data: {} }); return 'done' })", 'done'),
    gives('does not run again for a conflict in an operation', 'wire §4 hazard B [V]',
      `await put('b1', { n: 1 })
      let runs = 0
      const answer = await refusal(db.runTransaction(async (t) => {
        runs++
        await t.collection('accounts').doc('b1').get()
        await put('b1', { n: 2 })
        await t.collection('accounts').doc('b1').update({ data: { n: 3 } })
      }))
      return [runs, answer.errCode]`, [1, -501001]),
    { name: 'rejects with the reason of a rollback, as it is', evidence: 'wire §3 "rollback(reason)" [V]',
      fails: { message: 'no money', errCode: undefined },
      code: "return db.runTransaction(async (t) => { await t.rollback('no money') })" },
    { name: 'rejects with what its callback throws', evidence: 'wire §3 "throw in callback" [V]',
      fails: { message: 'out of order', errCode: undefined },
      code: `return db.runTransaction(async (t) => { await t.collection('accounts').add({ data: { _id: 'thrown' } })
      throw new Error('out of order') })` },
    gives('leaves nothing of a callback that throws', 'wire §4 [T]', `await refusal(db.runTransaction(async (t) => {
        await t.collection('accounts').add({ data: { _id: 'thrown2' } })
        throw new Error('out of order')
      }))
      return (await read('thrown2')) === undefined`, true),
  ])

  const timesRun = `let runs = 0
  const end = await db.runTransaction(async (t) => { runs++
  await t.collection('accounts').add({ data: {} }) })`
  const conflictAtCommit = (times: number) =>
    platform.cloud.post('/control/fault',
      { kind: 'api', name: 'database.commitTransaction', errcode: 'DATABASE_TRANSACTION_CONFLICT', times })

  it('runs again for a conflict at commit — wire §4 hazard B [V]', async () => {
    await conflictAtCommit(2)
    expect(await platform.run(`${timesRun}; return runs`)).toBe(3)
  })

  it('gives up after four runs, with the code of the platform — wire §4, §3 commit errors are raw [V]', async () => {
    await conflictAtCommit(4)
    expect(await platform.run(`${helpers}let runs = 0
      const answer = await refusal(db.runTransaction(async (t) => { runs++; await t.collection('accounts').add({ data: {} }) }))
      return [runs, answer.code, answer.errCode]`)).toEqual([4, 'DATABASE_TRANSACTION_CONFLICT', undefined])
  })
})

holdToThisMachine(() => platform)
