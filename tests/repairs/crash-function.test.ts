import { retryLate, tickLater, tryCell, type Cell } from '../proofs/outbox/cell'
import { scenarios, uploadPhotos, type Photos, type Scenario } from '../proofs/outbox/scenarios'
import { wrongOf } from '../proofs/outbox/verdict'
import { openVillage, type Village } from '../support/village'

let village: Village
let photos: Photos
beforeAll(async () => {
  village = await openVillage()
  photos = await uploadPhotos(village)
})
afterAll(() => village.close())

const settle = async (cell: Cell): Promise<string[]> => {
  const repairId = await cell.scenario.ready(village)
  await tickLater(village)
  const tried = await retryLate(village, await tryCell(village, cell, repairId, photos), photos)
  await tickLater(village)
  return wrongOf(village, [tried])
}
const taps: [string, Scenario][] = scenarios.map((scenario) => [scenario.action, scenario])
const base = { phone: 'retries', delivers: false, mustStand: true } as const

/** `npm run proof -- outbox` lets every function die around every one of its calls. */
describe.each(taps)('%s', (_, scenario) => {
  it('that died before anything was written has not happened, and nobody is told', async () => {
    expect(await settle({ ...base, scenario, crashes: [{ function: 'repairs', moment: 'beforeCall', call: 2 }], phone: 'gives up', mustStand: false })).toEqual([])
  })

  it('that died half-way has not happened, and nobody is told', async () => {
    expect(await settle({ ...base, scenario, crashes: [{ function: 'repairs', moment: 'afterCall', call: 4 }], phone: 'gives up', mustStand: false })).toEqual([])
  })

  it('whose answer was lost has happened once, though the phone asks again, and everybody is told once', async () => {
    const commits = { create: 6, assign: 7, claim: 6, start: 6, complete: 7, cancel: 6 }
    expect(await settle({ ...base, scenario, crashes: [{ function: 'repairs', moment: 'afterCall', call: commits[scenario.action] }] })).toEqual([])
  })

  it('is told of once, though the delivery dies in the middle', async () => {
    expect(await settle({ ...base, scenario, crashes: [{ function: 'messages', moment: 'afterCall', call: 6 }], delivers: true })).toEqual([])
  })

  it('is told of once, though the delivery and the sweep after it both die', async () => {
    const crashes = [{ function: 'messages', moment: 'beforeCall', call: 9 }, { function: 'tick', moment: 'afterCall', call: 5 }] as const
    expect(await settle({ ...base, scenario, crashes: [...crashes], delivers: true })).toEqual([])
  })
})
