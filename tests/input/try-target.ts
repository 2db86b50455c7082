import fc from 'fast-check'
import type { Village } from '../support/village'
import { callsOf, likelyCallsOf, type Call } from './calls'
import { jsonText } from './json-text'
import { judge } from './judge'
import { everythingStored, openLedger, sendAll, type Answered, type Writes } from './probe'
import type { Target } from './targets'
import type { World } from './world'

const atATime = 40
/** Batches tried to make a wrong one smaller. */
const mostShrinks = 300

const brief = (text: string): string => (text.length <= 1_500 ? text : `${text.slice(0, 1_000)} … ${text.length} characters in all`)
const describe = ({ who, name, action, data }: Call, fault: string): string => `${name}.${action} by ${who}: ${fault}\n  data: ${brief(jsonText(data))}`

export type Trial = {
  /** Calls made, without those that only made a wrong batch smaller. */
  calls: number
  /** Of those, how many were answered with a success. */
  successes: number
  /** Null when one was; otherwise what was said to the one that should have been: nothing of what lies behind the door is proved. */
  refusal: string | null
  /** What is wrong, with the smallest event that shows it. */
  wrong: string[]
}

/** Sends generated calls of one action to a village, and looks at every answer and at what is stored after each refusal. */
export const tryTarget = async (village: Village, world: World, target: Target, { seed, calls: wanted }: { seed: number; calls: number }): Promise<Trial> => {
  const readLedger = openLedger(village)
  let [calls, successes] = [0, 0]
  let firstRefusal: string | undefined
  await readLedger()
  let stored = everythingStored(village)

  const storesAlone = async (call: Call): Promise<boolean> => {
    const before = everythingStored(village)
    const [answered] = await sendAll(village, [call])
    stored = everythingStored(village)
    // Alone it may be possible, and then it stores rightly.
    return judge(answered!, world).outcome !== 'success' && stored !== before
  }

  const explain = (answered: Answered): string => {
    const line = village.lines.find(({ requestId }) => requestId === answered.requestId)
    return typeof line?.error === 'string' ? `\n  log: ${brief(line.error)}` : ''
  }

  /** Whether a call that was refused has stored something. A change that no success explains is the doing of whoever wrote at all. */
  const hasStored = async (answered: Answered, written: Writes, changed: 'no' | 'explained' | 'unexplained'): Promise<boolean> =>
    written === 'committed' || (written === 'maybe' && (changed === 'unexplained' || (changed === 'explained' && (await storesAlone(answered)))))

  const findWrong = async (batch: Call[]): Promise<string[]> => {
    const wrong: string[] = []
    const answers = await sendAll(village, batch)
    const before = stored
    stored = everythingStored(village)
    const writesOf = await readLedger()
    const judged = answers.map((answered) => ({ answered, written: writesOf(answered.requestId), ...judge(answered, world) }))
    const isExplained = judged.some(({ outcome, written }) => outcome === 'success' && written !== 'none')
    const changed = stored === before ? 'no' : isExplained ? 'explained' : 'unexplained'
    for (const { answered, outcome, fault, written } of judged) {
      if (fault !== undefined) wrong.push(describe(answered, fault) + explain(answered))
      else if (outcome !== 'success' && (await hasStored(answered, written, changed))) {
        wrong.push(describe(answered, `was refused and stored something: ${brief(answered.text)}`))
      }
    }
    if (changed === 'unexplained' && wrong.length === 0) wrong.push(`${target.name}.${target.action}: what is stored changed, though nobody wrote`)
    firstRefusal ??= brief(answers[0]!.text)
    successes += judged.filter(({ outcome }) => outcome === 'success').length
    return wrong
  }

  let shrinks = 0
  const property = fc.asyncProperty(fc.array(callsOf(target, world), { minLength: 1, maxLength: atATime, size: 'max' }), async (batch) => {
    fc.pre(shrinks < mostShrinks)
    if (shrinks === 0) calls += batch.length
    else shrinks += 1
    const wrong = await findWrong(batch)
    if (wrong.length === 0) return
    shrinks ||= 1
    throw new Error(wrong.join('\n'))
  })
  const likely = likelyCallsOf(target, world)
  const examples: [Call[]][] = likely.length > 0 ? [[likely]] : []
  const { errorInstance } = await fc.check(property, { seed, examples, numRuns: examples.length + Math.ceil(wanted / (atATime / 2)), endOnFailure: false })
  const wrong = errorInstance instanceof Error ? [`seed ${seed} ${errorInstance.message}`] : []
  return { calls, successes, refusal: successes > 0 ? null : `${target.name}.${target.action}: ${firstRefusal ?? 'no call is known that is answered, see likely.ts'}`, wrong }
}
