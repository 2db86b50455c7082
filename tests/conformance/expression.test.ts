import { hold, holdToThisMachine, openPlatform } from './platform'
import type { Case, Platform } from './platform'

const document = {
  _id: 'one', n: 7, f: 2.75, neg: -2.5, zero: 0, nothing: null, s: 'Hello', zh: '幸福里', csv: '3-2-501', list: [1, 2, 3], words: ['b',
    'a'], empty: [],
  o: { x: 1, y: { z: 2 } }, rows: [{ k: 'x', v: 1 }, { k: 'y', v: 2 }],
}

let platform: Platform
beforeAll(async () => {
  platform = await openPlatform({ collections: { things: [] } })
  // Half past midnight of 1 February in Shanghai, still January in UTC.
  await platform.run("return db.collection('things').add({ data: { ...given, at: new Date('2026-01-31T16:30:00.123Z') } })", document)
})
afterAll(() => platform.close())

const projected = (expression: string): string => `
  const one = db.collection('things').aggregate().match({ _id: 'one' })
  const { list: [row] } = await one.project({ _id: 0, value: ${expression} }).limit(1).end()
  return 'value' in row ? row.value : 'no such field'`
const is = (expression: string, value: unknown,
  evidence: string): Case => ({ name: expression, evidence, code: projected(expression), gives: value })
const refuses = (expression: string, errMsg: RegExp, evidence: string): Case => ({
  name: `${expression} is refused`, evidence, code: projected(expression), fails: { errCode: -1, errMsg },
})

describe('arithmetic', () => {
  const evidence = 'AggregateCommand arithmetic [D]'
  hold(() => platform, [
    is("$.add(['$n', '$f', 1])", 10.75, evidence),
    is("$.subtract(['$n', 10])", -3, evidence),
    is("$.multiply(['$n', '$f'])", 19.25, evidence),
    is("$.divide(['$n', 2])", 3.5, evidence),
    is("$.mod(['$n', 4])", 3, evidence),
    is("$.abs('$neg')", 2.5, evidence),
    is("$.ceil('$neg')", -2, evidence),
    is("$.floor('$neg')", -3, evidence),
    is("$.trunc('$neg')", -2, evidence),
    is("$.pow(['$n', 2])", 49, evidence),
    is("$.sqrt(49)", 7, evidence),
    is("$.log10(1000)", 3, evidence),
    is("$.log([8, 2])", 3, evidence),
    is("$.exp(0)", 1, evidence),
    is("$.ln(1)", 0, evidence),
    is("$.add(['$n', null])", null, 'MongoDB $add: null makes null'),
    is("$.multiply(['$n', '$nowhere'])", null, 'MongoDB $multiply: missing makes null'),
    is("$.sum('$list')", 6, 'MongoDB $sum in a project'),
    is("$.avg(['$n', 1])", 4, 'MongoDB $avg in a project'),
    is("$.max('$list')", 3, 'MongoDB $max in a project'),
    is("$.min(['$n', '$f'])", 2.75, 'MongoDB $min in a project'),
    refuses("$.divide(['$n', '$zero'])", /divide by zero/, 'MongoDB $divide'),
    refuses("$.add(['$n', '$s'])", /\$add/, 'MongoDB $add'),
  ])
})

describe('dates', () => {
  const zone = 'wire §5.1 pitfall 4 [V]'
  const evidence = 'AggregateCommand date [D]'
  hold(() => platform, [
    is("$.dateToString({ date: '$at', format: '%Y-%m', timezone: 'Asia/Shanghai' })", '2026-02', zone),
    is("$.dateToString({ date: '$at', format: '%Y-%m', timezone: '+08:00' })", '2026-02', zone),
    is("$.dateToString({ date: '$at', format: '%Y-%m-%d' })", '2026-01-31', evidence),
    is("$.dateToString({ date: '$at', format: '%Y年%m月%d日 %H:%M:%S.%L', timezone: 'Asia/Shanghai' })", '2026年02月01日 00:30:00.123', evidence),
    is("$.dateToString({ date: '$at', format: '%j %u %w %G-W%V', timezone: 'Asia/Shanghai' })", '032 7 1 2026-W05',
      'MongoDB $dateToString'),
    is("$.dateToString({ date: '$nothing', format: '%Y', onNull: 'none' })", 'none', 'MongoDB $dateToString onNull'),
    is("$.dateToString({ date: '$nothing', format: '%Y' })", null, 'MongoDB $dateToString'),
    is("$.year({ date: '$at', timezone: 'Asia/Shanghai' })", 2026, zone),
    is("$.month({ date: '$at', timezone: 'Asia/Shanghai' })", 2, zone),
    is("$.month({ date: '$at', timezone: '+08:00' })", 2, zone),
    is("$.month('$at')", 1, evidence),
    is("$.dayOfMonth({ date: '$at', timezone: 'Asia/Shanghai' })", 1, evidence),
    is("$.dayOfMonth('$at')", 31, evidence),
    is("$.hour({ date: '$at', timezone: 'Asia/Shanghai' })", 0, evidence),
    is("$.hour('$at')", 16, evidence),
    is("$.minute('$at')", 30, evidence),
    is("$.second('$at')", 0, evidence),
    is("$.millisecond('$at')", 123, evidence),
    is("$.dayOfWeek({ date: '$at', timezone: 'Asia/Shanghai' })", 1, evidence),
    is("$.dayOfYear({ date: '$at', timezone: 'Asia/Shanghai' })", 32, evidence),
    is("$.isoDayOfWeek({ date: '$at', timezone: 'Asia/Shanghai' })", 7, evidence),
    is("$.isoWeek({ date: '$at', timezone: 'Asia/Shanghai' })", 5, evidence),
    is("$.isoWeekYear('$at')", 2026, evidence),
    is("$.week({ date: '$at', timezone: 'Asia/Shanghai' })", 5, 'MongoDB $week; wire §5.1 pitfall 3 [T]'),
    is("$.week('$at')", 4, 'MongoDB $week; wire §5.1 pitfall 3 [T]'),
    is("$.month('$nothing')", null, 'MongoDB $month'),
    is("$.dateFromParts({ year: 2026, month: 2, day: 1, timezone: 'Asia/Shanghai' })", new Date('2026-01-31T16:00:00Z'), zone),
    is("$.dateFromParts({ year: 2026, month: 2, day: 1, hour: 8, minute: 5, second: 6, millisecond: 7 })",
      new Date('2026-02-01T08:05:06.007Z'), evidence),
    is("$.dateFromString({ dateString: '2026-02-01T00:30:00Z' })", new Date('2026-02-01T00:30:00Z'), evidence),
    is("$.dateFromString({ dateString: '2026-02-01', timezone: 'Asia/Shanghai' })", new Date('2026-01-31T16:00:00Z'),
      'MongoDB $dateFromString'),
    is("$.add(['$at', 1000])", new Date('2026-01-31T16:30:01.123Z'), 'MongoDB $add of a date'),
    is("$.subtract(['$at', 123])", new Date('2026-01-31T16:30:00Z'), 'MongoDB $subtract of a date'),
    is("$.subtract(['$at', new Date('2026-01-31T16:30:00Z')])", 123, 'MongoDB $subtract of two dates'),
    is("$.gt(['$at', new Date('2026-01-31T00:00:00Z')])", true, 'wire §2.1 Date [V]'),
  ])
})

describe('text', () => {
  const evidence = 'AggregateCommand string [D]'
  const mended = 'MongoDB; wire §5.1 pitfall 3 [T]'
  hold(() => platform, [
    is("$.concat(['$s', ' ', '$zh'])", 'Hello 幸福里', evidence),
    is("$.concat(['$s', '$nothing'])", null, 'MongoDB $concat'),
    is("$.substr(['$s', 1, 3])", 'ell', evidence),
    is("$.substr(['$s', 1, -1])", 'ello', mended),
    is("$.substr(['$s', 9, 2])", '', mended),
    is("$.substr(['$zh', 0, 3])", '幸', mended),
    is("$.substrBytes(['$zh', 3, -1])", '福里', mended),
    is("$.substrCP(['$zh', 1, 1])", '福', evidence),
    is("$.substrCP(['$zh', 1, 9])", '福里', evidence),
    is("$.substr(['$nothing', 0, 3])", '', 'MongoDB $substr of null'),
    is("$.indexOfCP(['$zh', '里'])", 2, mended),
    is("$.indexOfCP(['$s', 'l', 3])", 3, mended),
    is("$.indexOfCP(['$s', 'z'])", -1, mended),
    is("$.indexOfCP(['$s', 'o', 0, 4])", -1, mended),
    is("$.indexOfCP(['$nothing', 'z'])", null, mended),
    is("$.indexOfBytes(['$zh', '里'])", 6, evidence),
    is("$.strLenCP('$zh')", 3, evidence),
    is("$.strLenBytes('$zh')", 9, evidence),
    is("$.toLower('$s')", 'hello', evidence),
    is("$.toUpper('$s')", 'HELLO', evidence),
    is("$.toLower('$nothing')", '', 'MongoDB $toLower of null'),
    is("$.split(['$csv', '-'])", ['3', '2', '501'], evidence),
    is("$.strcasecmp(['$s', 'hELLO'])", 0, evidence),
    refuses("$.substrBytes(['$zh', 1, 3])", /UTF-8/, 'MongoDB $substrBytes'),
  ])
})

describe('arrays', () => {
  const evidence = 'AggregateCommand array [D]'
  hold(() => platform, [
    is("$.arrayElemAt(['$list', 0])", 1, evidence),
    is("$.arrayElemAt(['$list', -1])", 3, evidence),
    is("$.arrayElemAt(['$list', 9])", 'no such field', evidence),
    is("$.size('$list')", 3, evidence),
    is("$.slice(['$list', 2])", [1, 2], evidence),
    is("$.slice(['$list', -2])", [2, 3], evidence),
    is("$.slice(['$list', 1, 1])", [2], evidence),
    is("$.concatArrays(['$list', '$words'])", [1, 2, 3, 'b', 'a'], evidence),
    is("$.concatArrays(['$list', '$nothing'])", null, 'MongoDB $concatArrays'),
    is("$.reverseArray('$list')", [3, 2, 1], evidence),
    is("$.in([2, '$list'])", true, evidence),
    is("$.in([9, '$list'])", false, evidence),
    is("$.isArray(['$list'])", true, evidence),
    is("$.isArray(['$n'])", false, evidence),
    is("$.indexOfArray(['$list', 3])", 2, evidence),
    is("$.indexOfArray(['$list', 9])", -1, evidence),
    is("$.filter({ input: '$list', as: 'each', cond: $.gt(['$$each', 1]) })", [2, 3], evidence),
    is("$.map({ input: '$rows', as: 'row', in: $.multiply(['$$row.v', 10]) })", [10, 20], evidence),
    is("$.map({ input: '$nothing', as: 'row', in: '$$row' })", null, 'MongoDB $map'),
    is("$.reduce({ input: '$list', initialValue: 10, in: $.add(['$$value', '$$this']) })", 16, evidence),
    is("$.range([0, 10, 4])", [0, 4, 8], evidence),
    is("$.zip({ inputs: ['$words', '$list'] })", [['b', 1], ['a', 2]], evidence),
    is("$.arrayToObject('$rows')", { x: 1, y: 2 }, evidence),
    is("$.objectToArray('$o')", [{ k: 'x', v: 1 }, { k: 'y', v: { z: 2 } }], evidence),
    is("'$rows.v'", [1, 2], 'MongoDB: a path through an array'),
    refuses("$.size('$n')", /\$size/, 'MongoDB $size'),
  ])
})

describe('conditions, comparisons and sets', () => {
  const evidence = 'AggregateCommand [D]'
  hold(() => platform, [
    is("$.cond([$.gt(['$n', 5]), 'many', 'few'])", 'many', evidence),
    is("$.cond({ if: $.gt(['$n', 9]), then: 'many', else: 'few' })", 'few', evidence),
    is("$.ifNull(['$nowhere', 'none'])", 'none', evidence),
    is("$.ifNull(['$nothing', 'none'])", 'none', evidence),
    is("$.ifNull(['$zero', 'none'])", 0, evidence),
    is("$.switch({ branches: [{ case: $.lt(['$n', 5]), then: 'low' }, { case: $.lt(['$n', 9]), then: 'middle' }], default: 'high' })",
      'middle', evidence),
    is("$.switch({ branches: [{ case: false, then: 1 }], default: 'high' })", 'high', evidence),
    refuses("$.switch({ branches: [{ case: false, then: 1 }] })", /default/, 'MongoDB $switch'),
    is("$.and(['$n', true])", true, evidence),
    is("$.and(['$n', '$zero'])", false, 'MongoDB: 0 is false'),
    is("$.and(['$empty', '$s'])", true, 'MongoDB: arrays and text are true'),
    is("$.or(['$zero', '$nothing'])", false, evidence),
    is("$.not(['$zero'])", true, evidence),
    is("$.eq(['$n', 7])", true, evidence),
    is("$.eq(['$nothing', '$nowhere'])", false, 'MongoDB: null is not missing in an expression'),
    is("$.neq(['$n', '7'])", true, evidence),
    is("$.lt(['$nothing', 0])", true, 'MongoDB comparison order'),
    is("$.gte(['$s', 99])", true, 'MongoDB comparison order'),
    is("$.cmp(['$n', 8])", -1, evidence),
    is("$.setUnion(['$list', [3, 4]])", [1, 2, 3, 4], evidence),
    is("$.setIntersection(['$list', [3, 4]])", [3], evidence),
    is("$.setDifference(['$list', [3, 4]])", [1, 2], evidence),
    is("$.setEquals(['$list', [3, 2, 1, 1]])", true, evidence),
    is("$.setIsSubset([[1], '$list'])", true, evidence),
    is("$.anyElementTrue([[0, '$n']])", true, evidence),
    is("$.allElementsTrue([[0, '$n']])", false, evidence),
    is("$.literal('$n')", '$n', evidence),
    is("$.let({ vars: { twice: $.multiply(['$n', 2]) }, in: $.add(['$$twice', 1]) })", 15, evidence),
    is("$.mergeObjects(['$o', { x: 9 }])", { x: 9, y: { z: 2 } }, evidence),
    is("{ a: '$n', b: { c: '$o.y.z' } }", { a: 7, b: { c: 2 } }, 'MongoDB: an object of expressions'),
    is("['$n', '$s']", [7, 'Hello'], 'MongoDB: an array of expressions'),
    is("'$nowhere'", 'no such field', 'MongoDB: a missing field'),
  ])
})

describe('what is unknown of the platform, or unused, is refused by name:', () => {
  const raw = (operator: string, expression: string): Case => {
    const words = new RegExp(`${operator.replaceAll('$', '\\$')} is not an operator`)
    return refuses(expression, words, 'the SDK has no such command [S]')
  }
  hold(() => platform, [
    raw('$toString', "{ $toString: '$n' }"),
    raw('$convert', "{ $convert: { input: '$n', to: 'string' } }"),
    raw('$function', "{ $function: { body: 'return 1', args: [], lang: 'js' } }"),
    raw('$round', "{ $round: ['$f', 1] }"),
    raw('$trim', "{ $trim: { input: '$s' } }"),
    raw('$dateAdd', "{ $dateAdd: { startDate: '$at', unit: 'day', amount: 1 } }"),
    raw('$meta', "$.meta('textScore')"),
    raw('$$NOW', "'$$NOW'"),
  ])
})

holdToThisMachine(() => platform)
