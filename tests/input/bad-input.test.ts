import type { Village } from '../support/village'
import { targets } from './targets'
import { tryTarget } from './try-target'
import { openWorld, type World } from './world'

/** They change who is who, on which every judgement rests: after each of their actions the world begins anew. */
const changingPeople = ['members', 'account']

/** `npm run proof -- input` tries other seeds, and more. */
const seed = 20261124
const calls = 200

let village: Village
let world: World
let begin: () => Promise<World>
let hasChanged = false
beforeAll(async () => {
  const opened = await openWorld()
  village = opened.village
  begin = opened.begin
  world = await begin()
})
afterAll(() => village.close())

describe.each(targets.map((target) => [`${target.name}.${target.action}`, target] as const))('%s', (_, target) => {
  it('whatever anybody sends is answered or refused in words, and a refusal stores nothing', async () => {
    if (hasChanged) world = await begin()
    hasChanged = changingPeople.includes(target.name)
    const trial = await tryTarget(village, world, target, { seed, calls })
    expect(trial.wrong).toEqual([])
    // Calls that are all refused at the door would prove nothing of what lies behind it.
    expect(trial.successes).toBeGreaterThan(0)
  }, 60_000)
})
