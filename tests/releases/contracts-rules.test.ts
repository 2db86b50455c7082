import * as z from 'zod'
import { describeContracts, type DescribedContracts } from '../../tools/described-contracts'
import { inRoot } from '../../tools/root'
import { filesUnder, readJson } from '../support/tree'
import { breakingChanges, unallowed, type Allowance } from './contract-changes'

const versions = filesUnder('tests/releases', /contracts\.json$/).map((file) => file.split('/').at(-2)!)

describe.each(versions)('a phone of release %s', (version) => {
  const release = readJson<DescribedContracts>(`tests/releases/${version}/contracts.json`)
  const allowances = readJson<Allowance[]>(`tests/releases/${version}/allowances.json`)
  const changes = breakingChanges(release, describeContracts(inRoot('cloudfunctions')))

  it('is understood by every function, and understands every reply, but for what it is known to live with', () => {
    expect(unallowed(changes, allowances)).toEqual([])
  })
})

const described = (input: z.ZodType, output: z.ZodType): DescribedContracts => ({
  pets: { feed: { input: z.toJSONSchema(input, { io: 'input' }), output: z.toJSONSchema(output) } },
})
const base = {
  input: z.strictObject({ name: z.string().max(10), kind: z.enum(['cat', 'dog']), note: z.string().optional() }),
  output: z.object({ mood: z.enum(['full', 'hungry']), owner: z.object({ name: z.string() }).nullable(), meals: z.array(z.object({ grams: z.number().int() })) }),
}
const changesWith = ({ input = base.input, output = base.output }: { input?: z.ZodType; output?: z.ZodType }) =>
  breakingChanges(described(base.input, base.output), described(input, output))

describe('what may change between releases', () => {
  it.each<[string, { input?: z.ZodType; output?: z.ZodType }]>([
    ['nothing', {}],
    ['an optional input', { input: base.input.extend({ portions: z.number().optional() }) }],
    ['an input with a default', { input: base.input.extend({ portions: z.number().default(1) }) }],
    ['an input that may be longer', { input: base.input.extend({ name: z.string().max(20) }) }],
    ['another value that is taken', { input: base.input.extend({ kind: z.enum(['cat', 'dog', 'cow']) }) }],
    ['another answered field', { output: base.output.extend({ weight: z.number() }) }],
    ['a value that is answered no more', { output: base.output.extend({ mood: z.enum(['full']) }) }],
    ['an answer that is never null any more', { output: base.output.extend({ owner: z.object({ name: z.string() }) }) }],
    ['a longer list', { output: base.output.extend({ meals: z.array(z.object({ grams: z.number().int() })).max(3) }) }],
  ])('%s', (_, change) => {
    expect(changesWith(change)).toEqual([])
  })

  it('another action', () => {
    const { pets } = described(base.input, base.output)
    expect(breakingChanges({ pets: pets! }, { pets: { ...pets, wash: pets!.feed! } })).toEqual([])
  })
})

describe('what may not', () => {
  it.each<[string, { input?: z.ZodType; output?: z.ZodType }, string]>([
    ['a new input that must be there', { input: base.input.extend({ portions: z.number() }) }, 'pets.feed no longer takes input.portions: nothing'],
    ['an optional input that must now be there', { input: base.input.extend({ note: z.string() }) }, 'pets.feed no longer takes input.note: sometimes nothing'],
    ['an input that is gone', { input: base.input.omit({ note: true }) }, 'pets.feed no longer takes input.note: a field'],
    ['a shorter input', { input: base.input.extend({ name: z.string().max(9) }) }, 'pets.feed no longer takes input.name: text longer than 9'],
    ['an input that must be longer', { input: base.input.extend({ name: z.string().min(1).max(10) }) }, 'pets.feed no longer takes input.name: text shorter than 1'],
    ['a pattern on an input', { input: base.input.extend({ name: z.string().max(10).regex(/^a/) }) }, 'pets.feed no longer takes input.name: text that is not ^a'],
    ['an input of another kind', { input: base.input.extend({ name: z.number() }) }, 'pets.feed no longer takes input.name: text'],
    ['a value that is not taken any more', { input: base.input.extend({ kind: z.enum(['cat']) }) }, 'pets.feed no longer takes input.kind: the value "dog"'],
    ['an answer that is gone', { output: base.output.omit({ owner: true }) }, 'pets.feed newly answers output.owner: nothing'],
    ['an answer that may be missing', { output: base.output.extend({ owner: base.output.shape.owner.optional() }) }, 'pets.feed newly answers output.owner: sometimes nothing'],
    ['an answer that may be null', { output: base.output.extend({ meals: base.output.shape.meals.nullable() }) }, 'pets.feed newly answers output.meals: null'],
    ['an answer of another kind', { output: base.output.extend({ meals: z.array(z.object({ grams: z.string() })) }) }, 'pets.feed newly answers output.meals[].grams: text'],
    ['a fraction where there was none', { output: base.output.extend({ meals: z.array(z.object({ grams: z.number() })) }) }, 'pets.feed newly answers output.meals[].grams: a fraction'],
    ['a value that no phone has heard of', { output: base.output.extend({ mood: z.enum(['full', 'hungry', 'sick']) }) }, 'pets.feed newly answers output.mood: the value "sick"'],
  ])('%s', (_, change, sentence) => {
    expect(changesWith(change)).toEqual([sentence])
  })

  it('an action that is gone', () => {
    expect(breakingChanges(described(base.input, base.output), { pets: {} })).toEqual(['pets.feed is gone'])
  })

  it('a change, unless that release is known to live with it', () => {
    const changes = changesWith({ output: base.output.extend({ mood: z.enum(['full', 'hungry', 'sick']) }) })
    expect(unallowed(changes, [{ change: 'output\\.mood: the value ".*"', because: 'its phone says 状态未知' }])).toEqual([])
    expect(unallowed(changes, [{ change: 'output\\.owner: null', because: 'its phone says 状态未知' }])).toEqual(changes)
  })
})
