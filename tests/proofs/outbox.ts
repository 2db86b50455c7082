import { parseArgs } from 'node:util'
import { openVillage, type Village } from '../support/village'
import { faultsOfWhole, prepare, tryCell, type Cell, type Prepared } from './outbox/cell'
import { moments, type Crash } from './outbox/crash'
import { scenarios } from './outbox/scenarios'

const say = (line: string) => process.stdout.write(`${line}\n`)
/** An action that makes more calls than this is not one of those tried here. */
const mostCalls = 80

/** They come back by themselves. */
const timers = ['tick', 'nightly']

type Count = { cells: number; wrong: number }

const labelOf = ({ scenario }: Prepared, { crashes, phone, delivers }: Cell): string =>
  [scenario.name, ...crashes.map((crash) => `${crash.function} dies ${crash.moment} ${crash.call}`), `the phone ${phone}${delivers ? ' and delivers' : ''}`].join(', ')

const trying = (village: Village, prepared: Prepared, count: Count) => async (cell: Cell): Promise<boolean> => {
  const { came, faults } = await tryCell(village, prepared, cell)
  if (!came) return false
  count.cells += 1
  if (faults.length === 0) return true
  count.wrong += 1
  say(`${labelOf(prepared, cell)}: ${faults.join('; ')}`)
  return true
}

/** Lets a function die before and after each of its calls, as long as there are any; answers the deaths. */
const atEveryCall = async (functionName: string, attempt: (crash: Crash) => Promise<boolean>): Promise<Crash[]> => {
  const died: Crash[] = []
  for (const moment of moments) {
    for (let call = 1; call <= mostCalls; call += 1) {
      const crash: Crash = { function: functionName, moment, call }
      if (!(await attempt(crash))) break
      died.push(crash)
    }
  }
  return died
}

const tryScenario = async (village: Village, prepared: Prepared): Promise<Count> => {
  const count: Count = { cells: 1, wrong: 0 }
  const attempt = trying(village, prepared, count)
  const { scenario } = prepared
  const faults = faultsOfWhole(prepared)
  count.wrong += faults.length > 0 ? 1 : 0
  for (const fault of faults) say(`${scenario.name}: ${fault}`)
  const base: Cell = { crashes: [], phone: 'retries', delivers: false }
  await attempt({ ...base, delivers: true })
  const isGivenUp = !timers.includes(scenario.acting) && !scenario.leavesHalf
  await atEveryCall(scenario.acting, async (crash) =>
    (await attempt({ ...base, crashes: [crash] })) && (!isGivenUp || (await attempt({ ...base, crashes: [crash], phone: 'gives up' }))))
  if (scenario.acting === 'tick') return count
  const sweeps = await atEveryCall('tick', (crash) => attempt({ ...base, crashes: [crash] }))
  const deliveries = await atEveryCall('messages', (crash) => attempt({ ...base, crashes: [crash], delivers: true }))
  // Delivery dies, and so does the sweep that comes after it. A sweep may find less to do then, and end before its turn to die.
  for (const [index, crash] of deliveries.entries()) await attempt({ ...base, crashes: [crash, sweeps[index % sweeps.length]!], delivers: true })
  return count
}

/**
 * Whatever dies, and whenever: the world ends as if nothing had died, or as if nothing had happened; everybody owed a notice is told once,
 * every other duty is done once. A cell is one thing that happens, one or two processes that die around one of their platform calls, and
 * what the person does about it.
 */
export const run = async (args: string[]): Promise<Count> => {
  const { only } = parseArgs({ args, options: { only: { type: 'string', default: '' } } }).values
  const total: Count = { cells: 0, wrong: 0 }
  const village = await openVillage()
  try {
    for (const scenario of scenarios.filter(({ name }) => name.startsWith(only))) {
      const { cells, wrong } = await tryScenario(village, await prepare(village, scenario))
      total.cells += cells
      total.wrong += wrong
      say(`${scenario.name}: ${cells} cells, ${wrong} wrong`)
    }
  } finally {
    await village.close()
  }
  return total
}
