import { faultsOfWhole, prepare, tryCell, type Cell, type Prepared } from '../proofs/outbox/cell'
import { scenarios } from '../proofs/outbox/scenarios'
import { openVillage, type Village } from '../support/village'

let village: Village
beforeAll(async () => { village = await openVillage() })
afterAll(() => village.close())

const base: Cell = { crashes: [], phone: 'retries', delivers: false }

/** `npm run proof -- outbox` tries more of what can happen, and lets every function die around every one of its calls. */
describe.each(['create', 'assign', 'claim', 'start', 'complete', 'cancel'])('%s', (name) => {
  let prepared: Prepared
  beforeAll(async () => { prepared = await prepare(village, scenarios.find((scenario) => scenario.name === name)!) })

  const wrongOf = async (cell: Partial<Cell>): Promise<string[]> => {
    const { came, faults } = await tryCell(village, prepared, { ...base, ...cell })
    return came ? faults : ['the crash never came']
  }

  it('is told to everybody it concerns, once', () => expect(faultsOfWhole(prepared)).toEqual([]))

  it('that died before anything was written has not happened, and nobody is told', async () => {
    expect(await wrongOf({ crashes: [{ function: 'repairs', moment: 'beforeCall', call: 2 }], phone: 'gives up' })).toEqual([])
  })

  it('that died half-way has not happened, and nobody is told', async () => {
    expect(await wrongOf({ crashes: [{ function: 'repairs', moment: 'afterCall', call: 4 }], phone: 'gives up' })).toEqual([])
  })

  it('whose answer was lost has happened once, though the phone asks again, and everybody is told once', async () => {
    const commits = { create: 6, assign: 7, claim: 6, start: 6, complete: 7, cancel: 6 }
    expect(await wrongOf({ crashes: [{ function: 'repairs', moment: 'afterCall', call: commits[name as keyof typeof commits] }] })).toEqual([])
  })

  it('is told of once, though the delivery and the sweep after it both die', async () => {
    const crashes: Cell['crashes'] = [{ function: 'messages', moment: 'beforeCall', call: 9 }, { function: 'tick', moment: 'afterCall', call: 5 }]
    expect(await wrongOf({ crashes, delivers: true })).toEqual([])
  })
})
