// Rules that choose or add up: the bill, the roster, whom to ask again, what is found.
import { isFound, searchKeyOf } from '../../cloudfunctions/repair-desk/desk-list'
import { isOnDuty, pickTechnician, shiftsWithin, worksAsTechnician, type Shift } from '../../cloudfunctions/repairs/duty'
import { priceLines, settleCharges, type Quotation } from '../../cloudfunctions/repairs/quotation'
import { orderNoOf, pairsOf } from '../../cloudfunctions/repairs/repair-keys'
import { revisitReason } from '../../cloudfunctions/repairs/revisit'
import { maskNumbers } from '../../cloudfunctions/_shared/masking'
import { callerNamed } from '../support/people'
import { at, chen, doStep, orderIn, refusal, submitted } from './orders'

const prices = [{ itemId: 'tap', name: '水龙头', unit: '个', kind: 'material' as const, category: 'plumbing', priceFen: 6_800 }]

describe('a bill', () => {
  it('adds up in integer fen, by the list’s prices', () => {
    expect(priceLines([{ itemId: 'tap', quantity: 2, priceFen: 1 }, { name: '人工', unit: '次', kind: 'labour', priceFen: 3_333, quantity: 3 }], prices)).toEqual({
      lines: [
        { name: '水龙头', unit: '个', kind: 'material', priceFen: 6_800, quantity: 2, amountFen: 13_600 },
        { name: '人工', unit: '次', kind: 'labour', priceFen: 3_333, quantity: 3, amountFen: 9_999 },
      ], totalFen: 23_599,
    })
  })

  it.each([
    ['an item nobody sells', [{ itemId: 'gold', quantity: 1 }]], ['a line without a name', [{ priceFen: 100, quantity: 1 }]],
    ['a line without a price', [{ name: '胶', quantity: 1 }]], ['more than a hundred thousand yuan', [{ name: '工程', priceFen: 10_000_000, quantity: 2 }]],
  ])('of %s is refused', (_, lines) => {
    expect(refusal(() => priceLines(lines, prices))).toBe('INVALID_INPUT')
  })

  const accepted = (totalFen: number): Quotation => ({ lines: [{ name: '人工', unit: '次', kind: 'labour', priceFen: totalFen, quantity: 1, amountFen: totalFen }], totalFen, note: '', at: at('10:00'), state: 'accepted' })
  const finalOf = (priceFen: number) => [{ name: '人工', priceFen, quantity: 1 }]
  it.each<[string, Quotation | null, number | undefined, number | null | string]>([
    ['as accepted when nothing is said', accepted(8_000), undefined, 8_000], ['less', accepted(8_000), 5_000, 5_000], ['a tenth more', accepted(8_000), 8_800, 8_800],
    ['a fen beyond a tenth', accepted(8_000), 8_801, 'REPAIR_QUOTE_EXCEEDED'], ['a tenth of an odd sum, rounded down', accepted(999), 1_098, 1_098],
    ['beyond a tenth of an odd sum', accepted(999), 1_099, 'REPAIR_QUOTE_EXCEEDED'], ['anything never quoted', null, 1, 'REPAIR_NOT_QUOTED'],
    ['anything declined', { ...accepted(8_000), state: 'declined' }, 8_000, 'REPAIR_NOT_QUOTED'], ['anything still proposed', { ...accepted(8_000), state: 'proposed' }, 1, 'REPAIR_NOT_QUOTED'],
    ['nothing', null, undefined, null], ['nothing after a declined quotation', { ...accepted(8_000), state: 'declined' }, undefined, null], ['zero', null, 0, null],
  ])('in the end may be %s', (_, quotation, priceFen, outcome) => {
    const settle = () => settleCharges(quotation, priceFen === undefined ? undefined : finalOf(priceFen), prices)
    if (typeof outcome === 'string') expect(refusal(settle)).toBe(outcome)
    else expect(settle()?.totalFen ?? null).toBe(outcome)
  })
})

describe('the roster', () => {
  const shift = (memberId: string, what: Partial<Shift> = {}): Shift =>
    ({ _id: memberId, schema: 1, communityId: 'c-lihua', memberId, name: memberId, startsAt: at('08:00'), endsAt: at('18:00'), categories: null, buildings: null, ...what })
  const pick = (shifts: Shift[], loads: [string, number][] = [], order = submitted(), when = at('12:00')) => pickTechnician(order, shifts, new Map(loads), when)?.memberId ?? null

  it.each<[string, Shift[], [string, number][], string | null]>([
    ['nobody when nobody is there', [], [], null],
    ['whoever knows the trade before who does everything', [shift('a'), shift('b', { categories: ['plumbing'] })], [['b', 9]], 'b'],
    ['nobody of another trade', [shift('a', { categories: ['electrical'] })], [], null],
    ['nobody of other buildings', [shift('a', { buildings: ['1'] })], [], null],
    ['whoever has the building', [shift('a'), shift('b', { buildings: ['3'] })], [], 'b'],
    ['among equals whoever has least to do', [shift('a'), shift('b')], [['a', 3], ['b', 2]], 'b'],
    ['among equally busy the first by id', [shift('b'), shift('a')], [['a', 2], ['b', 2]], 'a'],
    ['nobody before his hours', [shift('a', { startsAt: at('12:01') })], [], null],
    ['nobody at the end of his hours', [shift('a', { endsAt: at('12:00') })], [], null],
  ])('chooses %s', (_, shifts, loads, who) => {
    expect(pick(shifts, loads)).toBe(who)
  })

  it('does not give an order back to whoever returned it', () => {
    const returned = doStep(orderIn('assigned'), 'return', 'chen', at('11:00'), { note: '不会修' })
    expect(pick([shift('m-chen'), shift('z')], [], returned)).toBe('z')
  })

  const post = (buildings: string[] | null, role: 'technician' | 'guard' = 'technician', communityId = 'c-lihua') => ({ role, communityId, communityName: '梨花苑', buildings })
  it.each<[string, ReturnType<typeof post>[], string[] | null, string[] | null | 'none']>([
    ['as it is for a post of the whole community', [post(null)], ['3'], ['3']],
    ['for the buildings of the post, when it is for all', [post(['1', '3'])], null, ['1', '3']],
    ['for what both have', [post(['1', '3'])], ['2', '3'], ['3']],
    ['for no building, when they have none in common', [post(['1'])], ['3'], []],
    ['not, of somebody who is something else here', [post(null, 'guard')], null, 'none'],
    ['not, of somebody who works elsewhere', [post(null, 'technician', 'c-other')], null, 'none'],
  ])('counts a shift %s', (_, posts, buildings, expected) => {
    const shifts = [shift('m-chen', { buildings })]
    expect(shiftsWithin(shifts, [{ _id: 'm-chen', posts }], 'c-lihua').map((one) => one.buildings)).toEqual(expected === 'none' ? [] : [expected])
    expect(shiftsWithin(shifts, [{ _id: 'm-other', posts }], 'c-lihua')).toEqual([])
  })

  it.each<[string, ReturnType<typeof post>[], string | null, boolean]>([
    ['the community', [post(null)], '3', true], ['the building', [post(['3'])], '3', true], ['another building', [post(['1'])], '3', false],
    ['some building, and the place is in none', [post(['1'])], null, true], ['another role', [post(null, 'guard')], '3', false], ['nothing', [], '3', false],
  ])('an order can be the work of whoever has a post of %s: %s', (_, posts, building, expected) => {
    expect(worksAsTechnician({ posts }, { communityId: 'c-lihua', building })).toBe(expected)
    expect(worksAsTechnician(null, { communityId: 'c-lihua', building })).toBe(false)
  })

  it('counts the first minute of a shift, and not its last', () => {
    expect([isOnDuty(shift('a'), at('08:00')), isOnDuty(shift('a'), at('17:59')), isOnDuty(shift('a'), at('18:00'))]).toEqual([true, true, false])
  })
})

describe('asking again', () => {
  it('is for every urgent order, for three stars and fewer, and else for a tenth, the same tenth every time', () => {
    const urgent = doStep(doStep(doStep(submitted({ urgency: 'urgent' }), 'claim', 'chen', at('09:10')), 'start', 'chen', at('09:20')), 'complete', 'chen', at('10:00'), { note: '好了' })
    expect(revisitReason(urgent)).toBe('urgent')
    const rated = (stars: number) => revisitReason({ ...doStep(orderIn('completed'), 'rate', 'wang', at('12:00'), { stars }), _id: 'r-not-sampled' })
    expect([1, 2, 3, 4, 5].map(rated)).toEqual(['low_rating', 'low_rating', 'low_rating', null, null])
    const done = orderIn('completed')
    const sampled = (round: number) => Array.from({ length: 2_000 }, (_, i) => revisitReason({ ...done, _id: `order-${i}`, version: round })).filter((reason) => reason === 'sample').length
    expect(sampled(1)).toBe(sampled(2))
    expect(sampled(1)).toBeGreaterThan(160)
    expect(sampled(1)).toBeLessThan(240)
  })

  it('is not for what was never finished, or was merged', () => {
    expect(revisitReason(submitted({ urgency: 'urgent' }))).toBeNull()
    expect(revisitReason({ ...orderIn('completed'), urgency: 'urgent', mergedInto: 'r2' })).toBeNull()
  })
})

describe('what is found', () => {
  it('is looked up two characters at a time', () => {
    expect(pairsOf('3号楼 501')).toEqual(['3号', '号楼', '楼5', '50', '01'])
    expect(['水龙头漏水', '3号楼', 'abc', '水'].map(searchKeyOf)).toEqual(['水龙', '号楼', 'bc', null])
  })

  it('has all of the text, in a building the post covers', () => {
    const desk = { ...submitted(), assignee: chen }
    const post = callerNamed('he').post!
    expect([isFound(desk, '水龙头', post), isFound(desk, '水龙头坏了', post), isFound(desk, '水龙头', { ...post, buildings: ['1'] })]).toEqual([true, false, false])
  })

  it('an order’s number says its day in Shanghai and holds no letter that is mistaken for another', () => {
    const numbers = Array.from({ length: 500 }, (_, i) => orderNoOf(`order-${i}`, at('00:30')))
    expect(numbers[0]).toMatch(/^261124-/)
    expect(numbers.every((number) => /^261124-[2-9A-HJ-NP-Z]{5}$/.test(number))).toBe(true)
    expect(new Set(numbers).size).toBe(500)
  })
})

describe('numbers in the talk', () => {
  it.each([['打我电话13800135010', '打我电话138****5010'], ['138-0013-5010', '138****5010'], ['房号501，明天9点', '房号501，明天9点']])('%s reads %s', (said, read) => {
    expect(maskNumbers(said)).toBe(read)
  })
})
