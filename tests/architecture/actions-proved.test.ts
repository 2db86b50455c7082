import { actionsServed, testTitles, unproved } from '../support/tested-actions'
import { filesUnder, read } from '../support/tree'

describe('every action', () => {
  it('is proved for somebody who may, a member who may not, and a stranger', () => {
    const actions = filesUnder('cloudfunctions', /\/index\.ts$/).flatMap((file) => actionsServed(read(file)))
    const titles = new Map<string, string[]>()
    for (const file of filesUnder('tests', /-function\.test\.ts$/)) {
      for (const [title, tests] of testTitles(read(file))) titles.set(title, [...(titles.get(title) ?? []), ...tests])
    }
    expect(actions.length).toBeGreaterThan(0)
    expect(actions.flatMap((action) => unproved(action, titles))).toEqual([])
  })

  it('of a contract is served', () => {
    const declared = filesUnder('cloudfunctions', /[^_]\/contract\.ts$/).filter((file) => !file.includes('_shared'))
    expect(declared.filter((file) => actionsServed(read(file.replace('contract.ts', 'index.ts'))).length === 0)).toEqual([])
  })
})

describe('the reader of proofs', () => {
  const index = `export const main = serve('repairs', contract, {
    create: { allow: resident, budget: 6, run: actions.create },
    look: { allow: anyone, budget: 1, run: actions.look },
  })`

  it('knows who may call what', () => {
    expect(actionsServed(index)).toEqual([
      { name: 'repairs.create', isForAnyone: false },
      { name: 'repairs.look', isForAnyone: true },
    ])
  })

  const [create, look] = actionsServed(index)
  const proof = (...tests: string[]) => testTitles(`describe('repairs.create', () => { ${tests.join('\n')} })`)
  const can = "it('a resident can report', () => {})"
  const cannot = "it.each(['chen'])('%s cannot', () => {})"
  const stranger = "it('a stranger cannot', () => {})"

  it('is content with all three', () => {
    expect(unproved(create!, proof(can, cannot, stranger))).toEqual([])
  })

  it.each([
    ['nobody who may', [cannot, stranger], 'repairs.create: no test says who can'],
    ['no member who may not', [can, stranger], 'repairs.create: no test says which member cannot'],
    ['no stranger', [can, cannot], 'repairs.create: no test says what a stranger gets'],
    ['a skipped proof', [can, cannot, stranger.replace('it(', 'it.skip(')], 'repairs.create: no test says what a stranger gets'],
  ])('misses %s', (_, tests, complaint) => {
    expect(unproved(create!, proof(...tests))).toEqual([complaint])
  })

  it('misses an action without any test', () => {
    expect(unproved(look!, proof(can))).toEqual(["repairs.look: no describe('repairs.look')"])
  })
})
