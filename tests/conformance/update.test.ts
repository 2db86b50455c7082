import { hold, holdToThisMachine, openPlatform } from './platform'
import type { Case, Platform } from './platform'

let platform: Platform
beforeAll(async () => {
  platform = await openPlatform({ collections: { things: [] } })
})
afterAll(() => platform.close())

const things = "const things = db.collection('things')\n"

/** A document stored as `before`, updated with `change`, and what it is then (but for its id). */
const becomes = (name: string, evidence: string, before: string, change: string, after: unknown): Case => ({
  name, evidence, gives: after,
  code: `${things}const { _id } = await things.add({ data: ${before} })
  await things.doc(_id).update({ data: ${change} })
  const { _id: _same, ...after } = (await things.doc(_id).get()).data
  return after`,
})
const refuses = (name: string, evidence: string, before: string, change: string, errMsg: RegExp, errCode = -502001): Case => ({
  name, evidence, fails: { errCode, errMsg },
  code: `${things}const { _id } = await things.add({ data: ${before} }); return things.doc(_id).update({ data: ${change} })`,
})

describe('an update of fields', () => {
  hold(() => platform, [
    becomes('with a literal sets it', 'wire §2.1 update shapes [V]', '{ a: 1, b: 2 }', '{ a: 5 }', { a: 5, b: 2 }),
    becomes('with an object merges it by path', 'wire §2.1 merged by path [V]', '{ a: { x: 1, y: 2 } }', '{ a: { y: 3, z: 4 } }',
      { a: { x: 1, y: 3, z: 4 } }),
    becomes('with set replaces the object', 'wire §2.1 _.set [V]', '{ a: { x: 1, y: 2 } }', '{ a: _.set({ z: 4 }) }', { a: { z: 4 } }),
    becomes('with a dotted path reaches one field', 'wire §2.1 update shapes [V]', '{ a: { x: 1, y: 2 } }', "{ 'a.x': 9 }",
      { a: { x: 9, y: 2 } }),
    becomes('makes the objects on the way', 'MongoDB $set', '{ b: 1 }', "{ 'a.x.y': 9 }", { b: 1, a: { x: { y: 9 } } }),
    becomes('with a position sets that element', 'MongoDB $set', '{ a: [1, 2, 3] }', "{ 'a.1': 9 }", { a: [1, 9, 3] }),
    becomes('with a position beyond the end fills with null', 'MongoDB $set', '{ a: [1] }', "{ 'a.3': 9 }", { a: [1, null, null, 9] }),
    becomes('reaches a field of one element', 'MongoDB $set', '{ a: [{ n: 1 }, { n: 2 }] }', "{ 'a.1.n': _.inc(5) }",
      { a: [{ n: 1 }, { n: 7 }] }),
    becomes('replaces an array as a whole', 'SDK update serializer [S]', '{ a: [1, 2, 3] }', '{ a: [9] }', { a: [9] }),
    becomes('sets null', 'wire §2.1 encoding [V]', '{ a: 1 }', '{ a: null }', { a: null }),
    becomes('drops undefined', 'wire §2.1 undefined dropped [V]', '{ a: 1, b: 2 }', '{ a: undefined, b: 3 }', { a: 1, b: 3 }),
    becomes('drops undefined inside set', 'wire §2.1 undefined dropped [V]', '{ a: 1 }', '{ a: _.set({ x: undefined, y: 1 }) }',
      { a: { y: 1 } }),
    becomes('mixes literals and commands in one object', 'SDK flattenQueryObject [S]', '{ a: { n: 1, s: "x" } }',
      '{ a: { n: _.inc(2), s: "y" } }',
      { a: { n: 3, s: 'y' } }),
    becomes('with remove drops the field', 'Command.remove [D]', '{ a: 1, b: 2 }', '{ a: _.remove() }', { b: 2 }),
    becomes('with remove drops a nested field', 'Command.remove [D]', '{ a: { x: 1, y: 2 } }', '{ a: { x: _.remove() } }', { a: { y: 2 } }),
    becomes('with remove leaves null in an array', 'MongoDB $unset', '{ a: [1, 2, 3] }', "{ 'a.1': _.remove() }", { a: [1, null, 3] }),
    becomes('with remove of a field that is not there changes nothing', 'MongoDB $unset', '{ b: 2 }', '{ a: _.remove() }', { b: 2 }),
    becomes('with rename gives the value another name', 'Command.rename [D]', '{ a: 1 }', "{ a: _.rename('b') }", { b: 1 }),
    becomes('with rename of a nested field wants the whole path', 'Command.rename [D]', '{ o: { a: 1 } }', "{ o: { a: _.rename('o.b') } }",
      { o: { b: 1 } }),
    becomes('with rename onto a field replaces it', 'MongoDB $rename', '{ a: 1, b: 2 }', "{ a: _.rename('b') }", { b: 1 }),
  ])
})

describe('an update of numbers and bounds', () => {
  hold(() => platform, [
    becomes('with inc adds', 'Command.inc [D]', '{ n: 1 }', '{ n: _.inc(2) }', { n: 3 }),
    becomes('with inc takes away', 'Command.inc [D]', '{ n: 1 }', '{ n: _.inc(-2) }', { n: -1 }),
    becomes('with inc begins at 0', 'MongoDB $inc', '{ a: 1 }', '{ n: _.inc(2) }', { a: 1, n: 2 }),
    becomes('with inc of a nested field', 'Command.inc [D]', '{ a: { n: 1 } }', '{ a: { n: _.inc(2) } }', { a: { n: 3 } }),
    becomes('with mul multiplies', 'Command.mul [D]', '{ n: 3 }', '{ n: _.mul(2.5) }', { n: 7.5 }),
    becomes('with mul of a missing field is 0', 'MongoDB $mul', '{ a: 1 }', '{ n: _.mul(2) }', { a: 1, n: 0 }),
    becomes('with min keeps the smaller', 'Command.min [D]', '{ n: 3 }', '{ n: _.min(2) }', { n: 2 }),
    becomes('with min leaves a smaller one', 'Command.min [D]', '{ n: 1 }', '{ n: _.min(2) }', { n: 1 }),
    becomes('with max keeps the greater', 'Command.max [D]', '{ n: 3 }', '{ n: _.max(5) }', { n: 5 }),
    becomes('with max sets a missing field', 'MongoDB $max', '{ a: 1 }', '{ n: _.max(5) }', { a: 1, n: 5 }),
    becomes('with max of dates keeps the later', 'MongoDB $max', '{ at: new Date(5) }', '{ at: _.max(new Date(9)) }', { at: new Date(9) }),
    becomes('with max goes by type where types differ', 'MongoDB comparison order', '{ n: 5 }', "{ n: _.max('1') }", { n: '1' }),
    becomes('with bit and', 'MongoDB $bit', '{ n: 13 }', '{ n: _.bit({ and: 10 }) }', { n: 8 }),
    becomes('with bit or', 'MongoDB $bit', '{ n: 3 }', '{ n: _.bit({ or: 5 }) }', { n: 7 }),
    becomes('with bit xor', 'MongoDB $bit', '{ n: 1 }', '{ n: _.bit({ xor: 5 }) }', { n: 4 }),
    refuses('cannot inc text', 'MongoDB $inc', '{ n: "1" }', '{ n: _.inc(1) }', /non-numeric type/),
    refuses('cannot inc null', 'MongoDB $inc', '{ n: null }', '{ n: _.inc(1) }', /non-numeric type/),
    refuses('cannot inc by text', 'MongoDB $inc', '{ n: 1 }', "{ n: _.inc('1') }", /non-numeric argument/),
  ])
})

describe('an update of an array', () => {
  hold(() => platform, [
    becomes('with push appends a value', 'wire §2.1 _.push [V]', '{ a: [1] }', '{ a: _.push(2) }', { a: [1, 2] }),
    becomes('with push appends several', 'Command.push [D]', '{ a: [1] }', '{ a: _.push([2, 3]) }', { a: [1, 2, 3] }),
    becomes('with push of an object', 'SDK command.ts push [S]', '{ a: [] }', '{ a: _.push({ x: 1 }) }', { a: [{ x: 1 }] }),
    becomes('with push makes the array', 'MongoDB $push', '{ b: 1 }', '{ a: _.push(2) }', { b: 1, a: [2] }),
    becomes('with push each at a position', 'wire §2.1 $push position [V]', '{ a: [1, 4] }', '{ a: _.push({ each: [2, 3], position: 1 }) }',
      { a: [1, 2, 3, 4] }),
    becomes('with push each at a position from the end', 'MongoDB $position', '{ a: [1, 4] }', '{ a: _.push({ each: [3], position: -1 }) }',
      { a: [1, 3, 4] }),
    becomes('with push each, sorted', 'Command.push [D]', '{ a: [5, 1] }', '{ a: _.push({ each: [3], sort: 1 }) }', { a: [1, 3, 5] }),
    becomes('with push each, sorted by a field and cut', 'Command.push [D]', '{ a: [{ n: 5 }] }',
      '{ a: _.push({ each: [{ n: 1 }, { n: 9 }], sort: { n: -1 }, slice: 2 }) }', { a: [{ n: 9 }, { n: 5 }] }),
    becomes('with push each keeps the last', 'MongoDB $slice', '{ a: [1, 2] }', '{ a: _.push({ each: [3], slice: -2 }) }', { a: [2, 3] }),
    becomes('with push each and slice 0 empties it', 'MongoDB $slice', '{ a: [1, 2] }', '{ a: _.push({ each: [3], slice: 0 }) }',
      { a: [] }),
    becomes('with unshift puts before', 'wire §2.1 _.unshift [V]', '{ a: [3] }', '{ a: _.unshift([1, 2]) }', { a: [1, 2, 3] }),
    becomes('with pop drops the last', 'wire §2.1 _.pop [V]', '{ a: [1, 2, 3] }', '{ a: _.pop() }', { a: [1, 2] }),
    becomes('with shift drops the first', 'wire §2.1 _.shift [V]', '{ a: [1, 2, 3] }', '{ a: _.shift() }', { a: [2, 3] }),
    becomes('with pop of nothing leaves it empty', 'MongoDB $pop', '{ a: [] }', '{ a: _.pop() }', { a: [] }),
    becomes('with pull drops every such value', 'Command.pull [D]', '{ a: [1, 2, 1] }', '{ a: _.pull(1) }', { a: [2] }),
    becomes('with pull of a command drops what meets it', 'Command.pull [D]', '{ a: [1, 2, 3] }', '{ a: _.pull(_.gte(2)) }', { a: [1] }),
    becomes('with pull of an object drops elements with these fields', 'Command.pull [D]', '{ a: [{ k: "x", n: 1 }, { k: "x", n: 9 }] }',
      "{ a: _.pull({ k: 'x', n: _.gt(5) }) }", { a: [{ k: 'x', n: 1 }] }),
    becomes('with pull of an array drops that array', 'MongoDB $pull', '{ a: [[1, 2], [2, 1]] }', '{ a: _.pull([1, 2]) }', { a: [[2, 1]] }),
    becomes('with pullAll drops each of the values', 'Command.pullAll [D]', '{ a: [1, 2, 3, 1] }', '{ a: _.pullAll([1, 3]) }', { a: [2] }),
    becomes('with pullAll drops equal objects only', 'MongoDB $pullAll', '{ a: [{ k: 1 }, { k: 1, n: 2 }] }',
      '{ a: _.pullAll([{ k: 1 }]) }', { a: [{ k: 1, n: 2 }] }),
    becomes('with addToSet adds what is not there', 'Command.addToSet [D]', '{ a: [1] }', '{ a: _.addToSet(2) }', { a: [1, 2] }),
    becomes('with addToSet does not add what is there', 'Command.addToSet [D]', '{ a: [1] }', '{ a: _.addToSet(1) }', { a: [1] }),
    becomes('with addToSet of $each adds several', 'Command.addToSet [D]', '{ a: [1] }', '{ a: _.addToSet({ $each: [1, 2, 2] }) }',
      { a: [1, 2] }),
    becomes('with addToSet of each adds one object, as the SDK sends it', 'SDK update serializer [S]', '{ a: [] }',
      '{ a: _.addToSet({ each: [1] }) }',
      { a: [{ each: [1] }] }),
    becomes('with addToSet of an array adds one array', 'MongoDB $addToSet', '{ a: [] }', '{ a: _.addToSet([1, 2]) }', { a: [[1, 2]] }),
    becomes('with addToSet tells objects by the order of their fields', 'MongoDB $addToSet', '{ a: [{ x: 1, y: 2 }] }',
      '{ a: _.addToSet({ y: 2, x: 1 }) }',
      { a: [{ x: 1, y: 2 }, { y: 2, x: 1 }] }),
    refuses('cannot push onto text', 'MongoDB $push', '{ a: "x" }', '{ a: _.push(1) }', /must be an array/),
    refuses('cannot pull with a chain, which the SDK sends unencoded', 'SDK common.ts encodeInternalDataType [S]', '{ a: [1, 2] }',
      '{ a: _.pull(_.gt(1).lt(3)) }', /unencoded/, -502002),
  ])
})

describe('an update is refused', () => {
  hold(() => platform, [
    refuses('where two commands meet on one path', 'MongoDB: conflicting updates', '{ a: { x: 1 } }', "{ a: _.set({ x: 2 }), 'a.x': 3 }",
      /would create a conflict/),
    refuses('where a path goes through a number', 'MongoDB $set', '{ a: 1 }', "{ 'a.x': 3 }", /Cannot create field 'x'/),
    refuses('where it would change _id', 'SDK document.ts update [S]', '{ a: 1 }', "{ _id: 'other' }", /不能更新_id的值/, -501007),
    refuses('where the data is empty', 'wx-server-sdk assertObjectNotEmpty [S]', '{ a: 1 }', '{}', /options.data/, -1),
    refuses('where all it says is undefined', 'unknown of the platform: an update of {}', '{ a: 1 }', '{ a: undefined }', /says nothing/),
    refuses('where all it says is an empty object', 'unknown of the platform: an update of {}', '{ a: { x: 1 } }', '{ a: {} }',
      /says nothing/),
    { name: 'where doc().set() holds a command', evidence: 'wire §3 "set with operator" [V]',
      code: `${things}return things.doc('s').set({ data: { n: _.inc(1) } })`,
      fails: { errCode: -502001, errMsg: /update operator complicit/ } },
  ])
})

holdToThisMachine(() => platform)
