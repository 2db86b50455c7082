import { parseArgs } from 'node:util'
import { openVillage, type Village } from '../support/village'
import { retryLate, tickLater, transactionEndsMs, tryCell, type Cell, type Tried } from './outbox/cell'
import { matrixOf } from './outbox/matrix'
import { scenarios, uploadPhotos, type Photos } from './outbox/scenarios'
import { wrongOf } from './outbox/verdict'

const say = (line: string) => process.stdout.write(`${line}\n`)
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/** Orders for so many cells, brought to where they must be, with all of it told: what comes next is the cells' own. */
const readyFor = async (village: Village, cells: Cell[]): Promise<(string | null)[]> => {
  const orders: (string | null)[] = []
  for (const { scenario } of cells) orders.push(await scenario.ready(village))
  await tickLater(village)
  return orders
}

const tryActing = async (village: Village, cells: Cell[], photos: Photos): Promise<Tried[]> => {
  const orders = await readyFor(village, cells)
  const tried: Tried[] = []
  for (const [index, cell] of cells.entries()) tried.push(await tryCell(village, cell, orders[index]!, photos))
  await pause(transactionEndsMs)
  const settled: Tried[] = []
  for (const each of tried) settled.push(await retryLate(village, each, photos))
  await tickLater(village)
  return settled
}

const tryTelling = async (village: Village, cells: Cell[], photos: Photos): Promise<Tried[]> => {
  const orders = await readyFor(village, cells)
  const tried: Tried[] = []
  for (const [index, cell] of cells.entries()) {
    tried.push(await tryCell(village, cell, orders[index]!, photos))
    await tickLater(village)
  }
  return tried
}

/**
 * Whatever dies, and whenever: the fact stands once or not at all, and everybody owed a notice is told once if it stands. A cell is one
 * action, one or two processes that die around one of their platform calls, and what the person does about it.
 */
export const run = async (args: string[]): Promise<{ cells: number; wrong: number }> => {
  const { only } = parseArgs({ args, options: { only: { type: 'string', default: '' } } }).values
  let [cells, wrong] = [0, 0]
  for (const scenario of scenarios.filter(({ action }) => action.startsWith(only))) {
    const village = await openVillage()
    try {
      const photos = await uploadPhotos(village)
      const { acting, telling } = await matrixOf(village, scenario, photos)
      const tried = [...(await tryActing(village, acting, photos)), ...(await tryTelling(village, telling, photos))]
      const faults = await wrongOf(village, tried)
      for (const fault of faults) say(fault)
      cells += tried.length
      wrong += faults.length
      say(`${scenario.action}: ${tried.length} cells, ${faults.length} wrong`)
    } finally {
      await village.close()
    }
  }
  return { cells, wrong }
}
