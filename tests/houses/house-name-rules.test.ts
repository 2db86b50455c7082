import fc from 'fast-check'
import {
  buildingLabelOf, houseLabelOf, housesNamed, nameKeyOf, orderKeyOf, parseBuildingName, parseEntrance, parseHouseName, parseRoomNo, type Room,
} from '../../cloudfunctions/houses/house-name'

const written = (text: string): string[] => parseHouseName(text).map(({ building, entrance, roomNo }) => `${building} ${entrance ?? '?'} ${roomNo}`)

describe('the name of a house', () => {
  it.each([
    // Building and room.
    ['1栋101', '1 ? 101'], ['1-101', '1 ? 101'], ['1#101', '1 ? 101'], ['1幢101', '1 ? 101'], ['1号楼101', '1 ? 101'], ['1号101', '1 ? 101'],
    ['1座101', '1 ? 101'], ['1楼101', '1 ? 101'], ['1#楼101', '1 ? 101'], ['1栋楼101', '1 ? 101'], ['#3-501', '3 ? 501'], ['3＃501', '3 ? 501'],
    ['1栋101室', '1 ? 101'], ['1栋101房', '1 ? 101'], ['1栋101号', '1 ? 101'], ['1栋101户', '1 ? 101'], ['1栋101号房', '1 ? 101'],
    // The way a hand writes.
    ['１栋１０１', '1 ? 101'], ['１－１０１', '1 ? 101'], ['1—101', '1 ? 101'], ['1–101', '1 ? 101'], ['1--101', '1 ? 101'], ['1_101', '1 ? 101'],
    [' 1栋101 ', '1 ? 101'], ['1 栋 101', '1 ? 101'], ['1 101', '1 ? 101'], ['1/101', '1 ? 101'], ['1.101', '1 ? 101'], ['1、101', '1 ? 101'],
    ['1栋-101', '1 ? 101'], ['(1栋)101', '1 ? 101'], ['第1栋101', '1 ? 101'], ['01-0101', '1 ? 101'], ['001栋00101', '1 ? 101'],
    // With an entrance.
    ['3号楼2单元501', '3 2 501'], ['3栋2单元501室', '3 2 501'], ['3号楼2门501', '3 2 501'], ['3栋2梯501', '3 2 501'], ['3栋2-501', '3 2 501'],
    ['3#2-501', '3 2 501'], ['3-2单元501', '3 2 501'], ['3号楼-2单元-501', '3 2 501'], ['3号楼 2单元 501', '3 2 501'], ['第3栋第2单元501', '3 2 501'],
    ['３号楼２单元５０１', '3 2 501'], ['3号楼A单元501', '3 A 501'], ['5 栋 3 单元 1101', '5 3 1101'],
    // Numbers in words.
    ['三号楼二单元五零一', '3 2 501'], ['三栋二单元五〇一室', '3 2 501'], ['十二号楼1101', '12 ? 1101'], ['二十一栋一百零二', '21 ? 102'],
    ['两栋一零一', '2 ? 101'], ['十栋十单元一百一十', '10 10 110'], ['三-二-五零一', '3 2 501'],
    // Letters.
    ['A座1单元1201', 'A 1 1201'], ['a座101', 'A ? 101'], ['Ａ座１０１', 'A ? 101'], ['B1-101', 'B1 ? 101'], ['b1栋101', 'B1 ? 101'], ['12B栋101', '12B ? 101'],
    ['S2-101', 'S2 ? 101'], ['A101', 'A ? 101'], ['A-1-1201', 'A 1 1201'], ['3座1201A', '3 ? 1201A'], ['A座B101', 'A ? B101'],
    // Floors and phases.
    ['3号楼2单元5层501室', '3 2 501'], ['3号楼2单元5层01', '3 2 501'], ['3栋5楼01室', '3 ? 501'], ['3栋5F-502', '3 ? 502'],
    ['1期3栋2单元501', '1期3 2 501'], ['一期三号楼501', '1期3 ? 501'], ['2期3-501', '2期3 ? 501'],
    // Names, and what stands before the building.
    ['紫荆阁501', '紫荆阁 ? 501'], ['紫荆阁2单元501', '紫荆阁 2 501'], ['甲栋501', '甲 ? 501'], ['梨花苑3号楼2单元501', '3 2 501'],
    ['花园路12号3栋501', '3 ? 501'], ['三元里3栋501', '3 ? 501'],
  ])('%s is %s', (text, expected) => expect(written(text)[0]).toBe(expected))

  it.each([
    ['3-2501', ['3 ? 2501', '3 2 501']],
    ['3-2-501', ['3 2 501', '3期2 ? 501']],
    ['03-2-0501', ['3 2 501', '3期2 ? 501']],
    ['3-5-01', ['3 5 1', '3 ? 501', '3期5 ? 1']],
    ['1-3-2-501', ['1期3 2 501']],
    ['3-2-5-01', ['3 2 501', '3期2 5 1', '3期2 ? 501']],
    ['梨花苑一期三号楼501', ['1期3 ? 501']],
  ])('%s has the readings %j', (text, readings) => expect(written(text)).toEqual(readings))

  it.each([
    '', '  ', '--', '#', '!!!', '你好', '物业', 'abc', '101', '1栋', '1幢', '3号楼', '3栋2单元', '3单元501', '13800138000', '楼', '栋101室101',
    '1栋商铺12', '🏠', '3号楼2单元五零一室的王女士', 'x'.repeat(5_000), '1'.repeat(61),
  ])('%j names no house', (text) => expect(written(text)).toEqual([]))

  const rooms: Room[] = [
    { building: '1', entrance: '1', roomNo: '101' }, { building: '3', entrance: '1', roomNo: '501' }, { building: '3', entrance: '2', roomNo: '501' },
    { building: '3', entrance: '', roomNo: '2501' }, { building: '8', entrance: '', roomNo: '101' }, { building: '1期3', entrance: '', roomNo: '501' },
  ]
  const named = (text: string) => housesNamed(parseHouseName(text), rooms).map(({ building, entrance, roomNo }) => [building, entrance, roomNo].join(' '))

  it.each<[string, string[]]>([
    ['1栋101', ['1 1 101']],
    ['3-2-501', ['3 2 501']],
    ['3栋501', ['3 1 501', '3 2 501']],
    ['3-2501', ['3  2501', '3 2 501']],
    ['8-1-101', ['8  101']],
    ['1-3-501', ['1期3  501']],
    ['1期3栋501', ['1期3  501']],
    ['9栋101', []],
    ['3-4-501', []],
  ])('%s means the houses %j of those there are', (text, expected) => expect(named(text)).toEqual(expected))

  const buildings = fc.oneof(
    fc.integer({ min: 1, max: 999 }).map(String), fc.constantFrom('A', 'B1', 'C12', '12B'), fc.integer({ min: 1, max: 9 }).map((n) => `${n}期${n + 2}`), fc.constantFrom('紫荆阁', '牡丹苑'),
  )
  const houses = fc.record({
    building: buildings,
    entrance: fc.oneof(fc.constant(''), fc.integer({ min: 1, max: 20 }).map(String), fc.constantFrom('A', 'C')),
    roomNo: fc.oneof(fc.tuple(fc.integer({ min: 1, max: 45 }), fc.integer({ min: 1, max: 12 })).map(([floor, n]) => `${floor}${String(n).padStart(2, '0')}`), fc.constantFrom('101A', 'B1')),
  })
  it('as we write it is read back as the same house, whatever the house', () => {
    fc.assert(fc.property(houses, (house) => {
      const [first] = parseHouseName(houseLabelOf(buildingLabelOf(house.building), house))
      expect(first).toEqual({ ...house, entrance: house.entrance === '' ? null : house.entrance })
    }), { numRuns: 2_000 })
  })

  it('is read or not, and never takes long or fails, whatever is typed', () => {
    fc.assert(fc.property(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.stringMatching(/^[0-9A-Z栋单元号楼期层室#-]{0,60}$/)), (text) => {
      const from = performance.now()
      for (const { building, roomNo } of parseHouseName(text)) expect([building, roomNo]).not.toContain('')
      expect(performance.now() - from).toBeLessThan(200)
    }), { numRuns: 2_000 })
  })
})

describe('the name of a building', () => {
  it.each([
    ['3号楼', '3'], ['3栋', '3'], ['3#', '3'], ['#3', '3'], ['03幢', '3'], ['三号楼', '3'], ['A座', 'A'], ['b1栋', 'B1'], ['1期3幢', '1期3'], ['紫荆阁', '紫荆阁'],
    ['紫荆楼', '紫荆'], ['３', '3'], [' 12 ', '12'],
  ])('%s is %s', (text, building) => expect(parseBuildingName(text)).toBe(building))

  it.each(['', '3号楼2单元', '3-2-501', '!!', '这是一个太长的楼栋名字', '3'.repeat(80)])('%j names none', (text) => expect(parseBuildingName(text)).toBeNull())

  it.each([['3', '3号楼'], ['A', 'A座'], ['1期3', '1期3号楼'], ['12B', '12B座'], ['紫荆阁', '紫荆阁']])('%s is called %s', (building, label) => expect(buildingLabelOf(building)).toBe(label))
})

describe('parts of a name', () => {
  it.each([['2单元', '2'], ['二单元', '2'], ['02', '2'], ['A', 'A'], ['', ''], ['无', ''], ['2门', '2'], ['abc', null], ['2-3', null]])('the entrance %j is %j', (text, entrance) =>
    expect(parseEntrance(text)).toBe(entrance))
  it.each([['501', '501'], ['0501', '501'], ['501室', '501'], ['５０１', '501'], ['五零一', '501'], ['5层01', '501'], ['B01', 'B1'], ['', null], ['5-01', null], ['厨房', null]])(
    'the room %j is %j', (text, roomNo) => expect(parseRoomNo(text)).toBe(roomNo))

  it('make the key a house is found by, and the order people walk', () => {
    expect(nameKeyOf({ building: '3', roomNo: '501' })).toBe('3/501')
    const labels = [['2', '1001'], ['10', '101'], ['2', '901'], ['', '101']].map(([entrance, roomNo]) => ({ entrance: entrance!, roomNo: roomNo! }))
    expect(labels.sort((a, b) => (orderKeyOf(a) < orderKeyOf(b) ? -1 : 1)).map(({ entrance, roomNo }) => `${entrance}-${roomNo}`)).toEqual(['-101', '2-901', '2-1001', '10-101'])
  })
})
