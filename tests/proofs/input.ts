import { randomInt } from 'node:crypto'
import { parseArgs } from 'node:util'
import { targets } from '../input/targets'
import { tryTarget } from '../input/try-target'
import { openWorld } from '../input/world'

const say = (line: string) => process.stdout.write(`${line}\n`)

/** Bad input of every kind to every action. A cell is a call, or an action that must be answered; `--seed N` repeats a run, `--calls N` says how many calls at least. */
export const run = async (args: string[]): Promise<{ cells: number; wrong: number }> => {
  const { values } = parseArgs({ args, options: { seed: { type: 'string', default: String(randomInt(2 ** 31)) }, calls: { type: 'string', default: '20000' }, only: { type: 'string', default: '' } } })
  const [firstSeed, wanted] = [Number(values.seed), Number(values.calls)]
  if (!Number.isInteger(firstSeed) || !(wanted > 0)) throw new Error('--seed and --calls take numbers')
  const chosen = targets.filter(({ name, action }) => `${name}.${action}`.startsWith(values.only))
  if (chosen.length === 0) throw new Error(`--only: no action is called ${values.only}`)
  say(`seed ${firstSeed}`)
  const opened = await openWorld()
  let [cells, wrong, successes] = [0, 0, 0]
  const refusals = new Map<string, string>()
  try {
    for (let seed = firstSeed; cells < wanted; seed += 1) {
      // A village that has seen a few thousand calls has little left to do: every round begins in a fresh one.
      await opened.begin()
      for (const target of chosen) {
        const trial = await tryTarget(opened.village, await opened.worldFor(target), target, { seed, calls: Math.ceil(Math.min(wanted, 6_000) / chosen.length) })
        cells += trial.calls
        successes += trial.successes
        wrong += trial.wrong.length
        if (trial.refusal !== null) refusals.set(`${target.name}.${target.action}`, trial.refusal)
        for (const fault of trial.wrong) say(fault)
      }
      say(`${cells} calls so far, ${successes} answered, ${wrong} wrong`)
    }
  } finally {
    await opened.village.close()
  }
  for (const refusal of refusals.values()) say(`only refused in some round, which proves little of it: ${refusal}`)
  return { cells: cells + chosen.length, wrong: wrong + refusals.size }
}
