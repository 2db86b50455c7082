import fc from 'fast-check'

const hundredKilobytes = 100_000
const nestedArrays = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth))
const nestedObjects = (depth: number): unknown => JSON.parse('{"$and":'.repeat(depth) + '0' + '}'.repeat(depth))

export const nastyTexts = [
  '', ' ', '\u0000', '漏\u0000水', '\ud800', '\udc00漏水', '\u202e漏水', '\u200b', '👩‍👩‍👧‍👦'.repeat(40), '水'.repeat(501), 'a'.repeat(hundredKilobytes), '水'.repeat(33_000),
  '__proto__', 'constructor', 'toString', '$where', '$gt', '$$ROOT', 'a.b', 'openid', 'null', 'undefined', 'true', 'NaN', '-1', '0', '1e999', '12345678901234567890',
  '2026-01-01T00:00:00.000Z', '2026-02-30', "' OR 1=1 --", '{"$gt":""}', '${7*7}', '<script>alert(1)</script>', '../../members/m-he', '%00', '\r\n\r\nHTTP/1.1 200 OK',
  'cloud://', 'cloud://x', 'https://example.com/a.jpg', 'file:///etc/passwd', 'a'.repeat(16), 'a'.repeat(64), 'a'.repeat(65), '~', '￿',
]

const nastyNumbers = [0, -0, -1, 0.1, 1e21, 2 ** 53, Number.MAX_VALUE, Number.MIN_VALUE, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]

/** Built from text where a literal would not make the key an own one. */
const nastyObjects: unknown[] = [
  {}, [], [[]], [null], { length: 3 }, { $gt: '' }, { $ne: null }, { $exists: true }, { $regex: '.*' }, { $where: 'sleep(10000)' }, { $in: [] }, { $expr: { $eq: [1, 1] } },
  { _id: { $ne: null } }, { $or: [{}] }, { $inc: { version: 1 } }, { $set: { 'post.role': 'manager' } }, { $oid: '5f0000000000000000000000' }, { $date: 0 }, { $numberLong: '1' },
  { $undefined: true }, { $binary: { base64: '', subType: '00' } }, { $code: 'while(1){}' }, { _internalType: 'Symbol(DB_QUERY_COMMAND)', operator: 'neq', operands: [null] },
  JSON.parse('{"__proto__":{"role":"manager"}}'), { constructor: { prototype: { role: 'manager' } } }, { toString: 'x', valueOf: 1 }, { toJSON: 'x' }, { then: 'x' },
  new Date(0), { type: 'Buffer', data: [1, 2, 3] }, nestedArrays(1_000), nestedObjects(1_000),
  Array.from({ length: 50_000 }, () => 0), Array.from({ length: 2_000 }, () => ({ $gt: '' })),
  Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`key${i}`, i])), Object.fromEntries(Array.from({ length: 50 }, (_, i) => ['k'.repeat(2_000) + i, i])),
]

/** Whatever no phone of ours would send: wrong types, sizes and encodings, database operators, and ids of this world in the wrong place. */
export const nastyValue = (ids: string[]): fc.Arbitrary<unknown> => fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<unknown>(null, undefined, true, false, ...nastyNumbers, ...nastyObjects, ...nastyTexts) },
  { weight: 2, arbitrary: fc.anything({ withDate: true, withObjectString: true, withNullPrototype: true, maxDepth: 4 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 300 }) },
  { weight: 2, arbitrary: fc.constantFrom(...ids) },
  { weight: 1, arbitrary: fc.constantFrom(...ids).map((id) => ({ $in: [id] })) },
  { weight: 1, arbitrary: fc.array(fc.constantFrom(...ids), { maxLength: 12 }) },
)

export const nastyKey: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    'openid', 'openId', '_openid', 'OPENID', 'userInfo', 'memberId', 'role', 'post', 'isAdmin', 'status', 'version', 'total', 'amountFen', 'price', 'communityId', '_id', 'schema',
    '__proto__', 'constructor', 'toString', '$where', '$set', '$or', 'a.b', '', 'k'.repeat(5_000),
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
)
