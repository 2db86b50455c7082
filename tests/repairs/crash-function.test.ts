import { faultsOfWhole, prepare, tryCell, type Cell, type Prepared } from '../proofs/outbox/cell'
import { scenarios } from '../proofs/outbox/scenarios'
import { openVillage, type Village } from '../support/village'

let village: Village
beforeAll(async () => { village = await openVillage() })
afterAll(() => village.close())

const base: Cell = { crashes: [], phone: 'retries', delivers: false }

/** With the call that commits. `npm run proof -- outbox` tries more of what can happen, and lets every function die around every one of its calls. */
describe.each([
  ['create', 6], ['assign', 8], ['claim', 6], ['start', 6], ['complete', 7], ['complete what costs something', 8], ['cancel', 6], ['reschedule by the household', 14],
  ['create where orders are dispatched', 12], ['decide that words are fit', 9],
])('%s', (name, commit) => {
  const scenario = scenarios.find((one) => one.name === name)!
  const dies = (moment: 'beforeCall' | 'afterCall', call: number) => [{ function: scenario.acting, moment, call }]
  let prepared: Prepared
  beforeAll(async () => { prepared = await prepare(village, scenario) })

  const wrongOf = async (cell: Partial<Cell>): Promise<string[]> => {
    const { came, faults } = await tryCell(village, prepared, { ...base, ...cell })
    return came ? faults : ['the crash never came']
  }

  it('is told to everybody it concerns, once', () => expect(faultsOfWhole(prepared)).toEqual([]))

  it('that died before anything was written has not happened, and nobody is told', async () => {
    expect(await wrongOf({ crashes: dies('beforeCall', 2), phone: 'gives up' })).toEqual([])
  })

  it('that died half-way has not happened, and nobody is told', async () => {
    expect(await wrongOf({ crashes: dies('afterCall', commit - 2), phone: 'gives up' })).toEqual([])
  })

  it('whose answer was lost has happened once, though the phone asks again, and everybody is told once', async () => {
    expect(await wrongOf({ crashes: dies('afterCall', commit) })).toEqual([])
  })

  if (Object.keys(scenario.told).length === 0) return
  it('is told of once, though the delivery and the sweep after it both die', async () => {
    const crashes: Cell['crashes'] = [{ function: 'messages', moment: 'beforeCall', call: 9 }, { function: 'tick', moment: 'afterCall', call: 5 }]
    expect(await wrongOf({ crashes, delivers: true })).toEqual([])
  })
})
