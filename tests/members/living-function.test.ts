import { openVillage, type Village } from '../support/village'
import { chanceOf, movesOf } from './living'

let village: Village
beforeAll(async () => { village = await openVillage() })
afterAll(() => village.close())

const moments = 200
/** At a moment two people do something, whatever the other does. */
const atOnce = 2

type Row = Record<string, unknown> & { _id: string }
const audits = async () => new Map((await village.documents('audits') as Row[]).map((row) => [row._id, JSON.stringify(row)]))

it('in a village that was lived in for long the log only grew, no row of it was edited, and the nightly check finds nothing', async () => {
  const chance = chanceOf(20261124)
  const { names, next, make } = movesOf(village, chance)
  const done = new Map(names.map((name) => [name, 0]))
  let before = await audits()
  for (let moment = 0; moment < moments; moment += 1) {
    const chosen = Array.from({ length: atOnce }, next)
    const answers = await Promise.all(chosen.map(make))
    answers.forEach(({ ok }, i) => done.set(chosen[i]!, done.get(chosen[i]!)! + (ok ? 1 : 0)))
    if (moment % 10 > 0) continue
    await village.tick(new Date(Date.now() + 60_000).toISOString())
    const after = await audits()
    expect([...before].filter(([id, row]) => after.get(id) !== row)).toEqual([])
    before = after
  }
  const time = new Date()
  await village.post('/control/timer', { name: 'nightly', time: time.toISOString() })
  await village.tick(new Date(time.getTime() + 60_000).toISOString())
  const found = (await village.documents('findings')).filter(({ problem }) => problem !== null).map(({ subjectId, problem }) => [subjectId, problem])
  expect(found).toEqual([])
  const summaries = (await village.documents('findings')).filter(({ problem }) => problem === null)
  expect(summaries.map(({ check }) => check)).toContain('members_check')
  expect(summaries.filter(({ findingCount }) => findingCount !== 0)).toEqual([])
  expect(village.lines.filter((line) => line.code === 'INTERNAL' || line.event === 'job_failed')).toEqual([])
  // Lived in, and not only knocked at: else nothing was proved.
  expect([...done].filter(([, times]) => times === 0).map(([name]) => name)).toEqual([])
  expect(before.size).toBeGreaterThan(100)
}, 300_000)
