import type { World } from './database-fixture'
import { openWorld, refusal } from './database-fixture'

const bills = [
  {
    _id: 'b1',
    houseId: 'h1',
    period: '2025-01',
    amountFen: 10000,
    status: 'paid',
    paidAt: new Date('2025-01-31T16:30:00Z'),
    lines: [
      { charge: 'mgmt', fen: 8000 },
      { charge: 'water', fen: 2000 },
    ],
  },
  { _id: 'b2', houseId: 'h1', period: '2025-02', amountFen: 12000, status: 'unpaid', lines: [{ charge: 'mgmt', fen: 12000 }] },
  { _id: 'b3', houseId: 'h2', period: '2025-01', amountFen: 9000, status: 'paid', paidAt: new Date('2025-01-31T15:30:00Z'), lines: [] },
  { _id: 'b4', houseId: 'h2', period: '2025-02', amountFen: 9500, status: 'paid', paidAt: new Date('2025-02-10T00:00:00Z') },
]

const houses = [
  { _id: 'h1', label: '3-2-501', building: { name: '3' } },
  { _id: 'h2', label: '1-1-101', building: { name: '1' } },
]

describe('an aggregate', () => {
  let world: World
  beforeAll(async () => {
    world = await openWorld({
      bills: [
        { name: 'period', unique: false, keys: { period: 1, amountFen: 1 } },
        { name: 'status_paid', unique: false, keys: { status: 1, paidAt: 1 } },
        { name: 'house', unique: false, keys: { houseId: 1 } },
      ],
      houses: [],
    })
    await world.database().replaceAll({ bills, houses })
  })
  afterAll(() => world.end())

  const rows: [string, Record<string, unknown>[], unknown[]][] = [
    [
      'groups and sums',
      [{ $group: { _id: '$houseId', owed: { $sum: '$amountFen' }, n: { $sum: 1 } } }, { $sort: { _id: 1 } }],
      [
        { _id: 'h1', owed: 22000, n: 2 },
        { _id: 'h2', owed: 18500, n: 2 },
      ],
    ],
    [
      'matches by index first',
      [
        { $match: { period: '2025-01' } },
        { $group: { _id: null, total: { $sum: '$amountFen' }, most: { $max: '$amountFen' }, mean: { $avg: '$amountFen' } } },
      ],
      [{ _id: null, total: 19000, most: 10000, mean: 9500 }],
    ],
    [
      'sorts, skips and limits',
      [{ $match: { period: '2025-01' } }, { $sort: { amountFen: -1 } }, { $skip: 1 }, { $limit: 1 }, { $project: { _id: 1 } }],
      [{ _id: 'b3' }],
    ],
    [
      'groups by the month in Shanghai, where New Year comes at 16:00 UTC',
      [
        { $match: { status: 'paid' } },
        {
          $group: { _id: { $dateToString: { date: '$paidAt', format: '%Y-%m', timezone: 'Asia/Shanghai' } }, fen: { $sum: '$amountFen' } },
        },
        { $sort: { _id: 1 } },
      ],
      [
        { _id: '2025-01', fen: 9000 },
        { _id: '2025-02', fen: 19500 },
      ],
    ],
    [
      'takes parts of a date in Shanghai',
      [
        { $match: { _id: 'b1' } },
        {
          $project: {
            _id: 0,
            month: { $month: { date: '$paidAt', timezone: 'Asia/Shanghai' } },
            day: { $dayOfMonth: { date: '$paidAt', timezone: '+08:00' } },
          },
        },
      ],
      [{ month: 2, day: 1 }],
    ],
    [
      'builds a date in Shanghai',
      [
        { $match: { _id: 'b1' } },
        { $project: { _id: 0, at: { $dateFromParts: { year: 2025, month: 3, day: 1, timezone: 'Asia/Shanghai' } } } },
      ],
      [{ at: new Date('2025-02-28T16:00:00Z') }],
    ],
    [
      'unwinds',
      [{ $match: { _id: { $in: ['b1', 'b3'] } } }, { $unwind: '$lines' }, { $project: { charge: '$lines.charge' } }],
      [
        { _id: 'b1', charge: 'mgmt' },
        { _id: 'b1', charge: 'water' },
      ],
    ],
    [
      'unwinds and keeps what has none',
      [{ $match: { _id: 'b3' } }, { $unwind: { path: '$lines', preserveNullAndEmptyArrays: true } }, { $project: { period: 1 } }],
      [{ _id: 'b3', period: '2025-01' }],
    ],
    [
      'joins by id',
      [
        { $match: { period: '2025-02' } },
        { $sort: { amountFen: 1 } },
        { $lookup: { from: 'houses', localField: 'houseId', foreignField: '_id', as: 'house' } },
        { $project: { label: { $arrayElemAt: ['$house.label', 0] } } },
      ],
      [
        { _id: 'b4', label: '1-1-101' },
        { _id: 'b2', label: '3-2-501' },
      ],
    ],
    [
      'adds fields',
      [{ $match: { _id: 'b2' } }, { $addFields: { half: { $divide: ['$amountFen', 2] } } }, { $project: { period: 1, half: 1 } }],
      [{ _id: 'b2', period: '2025-02', half: 6000 }],
    ],
    ['counts', [{ $match: { status: 'paid' } }, { $count: 'paid' }], [{ paid: 3 }]],
    [
      'pushes and collects',
      [
        { $match: { period: '2025-01' } },
        { $sort: { amountFen: 1 } },
        { $group: { _id: null, ids: { $push: '$_id' }, states: { $addToSet: '$status' } } },
      ],
      [{ _id: null, ids: ['b3', 'b1'], states: ['paid'] }],
    ],
    [
      'chooses',
      [{ $match: { _id: 'b2' } }, { $project: { _id: 0, size: { $cond: [{ $gt: ['$amountFen', 10000] }, 'large', 'small'] } } }],
      [{ size: 'large' }],
    ],
  ]

  it.each(rows)('%s', async (_name, stages, expected) => {
    expect(await world.aggregate('bills', stages)).toEqual(expected)
  })

  it('never writes into what is stored', async () => {
    await world.aggregate('bills', [
      { $match: { _id: { $in: ['b1'] } } },
      { $addFields: { amountFen: 0 } },
      { $unwind: { path: '$lines', includeArrayIndex: 'at' } },
      { $addFields: { lines: null } },
    ])
    expect(await world.get('bills', 'b1')).toEqual(bills[0])
  })

  const corrected: [string, unknown, unknown][] = [
    ['$substr with a negative length goes to the end', { $substr: ['物业费用', 6, -1] }, '费用'],
    ['$substrBytes counts bytes', { $substrBytes: ['a物b', 1, 3] }, '物'],
    ['$substrCP counts characters', { $substrCP: ['物业费', 1, 1] }, '业'],
    ['$indexOfCP counts characters', { $indexOfCP: ['😀物业费', '费'] }, 3],
    ['$indexOfCP answers -1', { $indexOfCP: ['物业费', 'x'] }, -1],
    ['$week is 0 before the first Sunday', { $week: new Date('2025-01-04T00:00:00Z') }, 0],
    ['$week begins on Sunday', { $week: new Date('2025-01-05T00:00:00Z') }, 1],
    ['$week at the end of a year', { $week: new Date('2024-12-31T00:00:00Z') }, 52],
  ]

  it.each(corrected)('%s', async (_name, expression, expected) => {
    expect(await world.aggregate('bills', [{ $match: { _id: 'b1' } }, { $project: { _id: 0, answer: expression } }])).toEqual([
      { answer: expected },
    ])
  })

  const refused: [string, Record<string, unknown>[], RegExp][] = [
    ['$out', [{ $out: 'elsewhere' }], /\$out/],
    ['a path in $addFields', [{ $addFields: { 'lines.seen': true } }], /lines\.seen/],
    ['$geoNear', [{ $geoNear: {} }], /\$geoNear/],
    ['$function', [{ $project: { x: { $function: { body: '', args: [], lang: 'js' } } } }], /\$function/],
    [
      'a $lookup by pipeline',
      [{ $match: { _id: 'b1' } }, { $lookup: { from: 'houses', pipeline: [], as: 'x' } }],
      /reads the whole collection for every row/,
    ],
    [
      'a $lookup without an index',
      [{ $match: { _id: 'b1' } }, { $lookup: { from: 'houses', localField: 'houseId', foreignField: 'label', as: 'x' } }],
      /NO INDEX SERVES THIS QUERY on houses/,
    ],
    ['a $match without an index', [{ $match: { amountFen: 1 } }], /NO INDEX SERVES THIS QUERY on bills/],
    ['a $sort without an index', [{ $sort: { amountFen: 1 } }], /NO INDEX SERVES THIS QUERY on bills/],
  ]

  it.each(refused)('with %s is refused by name', async (_name, stages, message) => {
    expect((await refusal(world.aggregate('bills', stages))).message).toMatch(message)
  })

  it('joins through an index on the other side', async () => {
    expect(
      await world.aggregate('houses', [
        { $match: { _id: 'h1' } },
        { $lookup: { from: 'bills', localField: '_id', foreignField: 'houseId', as: 'bills' } },
        { $project: { ids: '$bills._id' } },
      ]),
    ).toEqual([{ _id: 'h1', ids: ['b1', 'b2'] }])
    expect(world.examinations[world.examinations.length - 1]).toEqual({ collection: 'bills', by: 'house', examined: 2, returned: 2 })
  })

  it('of more than 20 rows without $limit is refused, since the platform may cut it', async () => {
    const many = await openWorld({ rows: [] })
    await many.addAll(
      'rows',
      Array.from({ length: 21 }, (_, n) => ({ _id: `r${n}`, n })),
    )
    expect((await refusal(many.aggregate('rows', [{ $project: { n: 1 } }]))).message).toContain('add .limit()')
    expect(await many.aggregate('rows', [{ $limit: 1000 }, { $project: { n: 1 } }])).toHaveLength(21)
    await many.end()
  })
})
