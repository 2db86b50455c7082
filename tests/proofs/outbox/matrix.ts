import { newRequest, type Village } from '../../support/village'
import { tickLater, tryCell, type Cell } from './cell'
import { callsOf, crashesOf } from './crash'
import type { Photos, Scenario } from './scenarios'

const commit = 'database.commitTransaction'

/** Everything that can be tried with one scenario, in groups that settle in the same way. */
export type Matrix = {
  /** The action's own function dies: its open transaction ends half a minute later. */
  acting: Cell[]
  /** Whoever tells it dies. */
  telling: Cell[]
}

const whole = (scenario: Scenario): Cell => ({ scenario, crashes: [], phone: 'retries', delivers: false, mustStand: true })

/** Lets everything happen once without a crash, and counts the calls: a crash can come on both sides of each. */
export const matrixOf = async (village: Village, scenario: Scenario, photos: Photos): Promise<Matrix> => {
  const settled = async (): Promise<string | null> => {
    const repairId = await scenario.ready(village)
    await tickLater(village)
    return repairId
  }
  const orders = [await settled(), await settled()]
  let owed: string[] = []
  const acting = await callsOf(village, 'repairs', async () => {
    const answer = await scenario.act(village, orders[0] ?? '', newRequest(), photos)
    owed = answer.ok ? (answer.owed ?? []) : []
  })
  const delivering = await callsOf(village, 'messages', () => village.as('wang').get('messages', 'deliver', { jobIds: owed }))
  await tickLater(village)
  await tryCell(village, whole(scenario), orders[1]!, photos)
  const ticking = await callsOf(village, 'tick', () => village.tick())
  await tickLater(village)

  const isTrueAfter = acting.indexOf(commit) + 1
  const base = whole(scenario)
  const [deliveries, sweeps] = [crashesOf('messages', delivering.length), crashesOf('tick', ticking.length)]
  return {
    acting: crashesOf('repairs', acting.length).flatMap((crash): Cell[] => [
      { ...base, crashes: [crash] },
      { ...base, crashes: [crash], phone: 'gives up', mustStand: crash.moment === 'afterCall' && crash.call >= isTrueAfter },
    ]),
    telling: [
      base,
      { ...base, delivers: true },
      ...deliveries.map((crash): Cell => ({ ...base, delivers: true, crashes: [crash] })),
      ...sweeps.map((crash): Cell => ({ ...base, crashes: [crash] })),
      // Delivery dies, and so does the sweep that comes after it, each at every one of its calls.
      ...deliveries.map((crash, index): Cell => ({ ...base, delivers: true, crashes: [crash, sweeps[index % sweeps.length]!] })),
    ],
  }
}
