import { targets } from './targets'
import { tryTarget } from './try-target'
import { openWorld } from './world'

/** `npm run proof -- input` tries other seeds, and more. */
const seed = 20261124
/** Of each action, at the least. */
const calls = 20

let opened: Awaited<ReturnType<typeof openWorld>>
beforeAll(async () => { opened = await openWorld() }, 60_000)
afterAll(() => opened.village.close())

const refused: string[] = []

describe.each([...new Set(targets.map(({ name }) => name))])('%s', (name) => {
  it.each(targets.filter((target) => target.name === name).map((target) => [target.action, target] as const))(
    '%s: whatever anybody sends is answered or refused in words, and a refusal stores nothing', async (_, target) => {
      const trial = await tryTarget(opened.village, await opened.worldFor(target), target, { seed, calls })
      if (trial.refusal !== null) refused.push(trial.refusal)
      expect(trial.wrong).toEqual([])
    }, 60_000)
})

it('no action was only refused: that would prove nothing of what lies behind its door', () => expect(refused).toEqual([]))
