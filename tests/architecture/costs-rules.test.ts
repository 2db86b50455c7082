import { budgetsIn, callsPerCommunity, monthOf } from '../../bench/costs'
import { filesUnder, read } from '../support/tree'

const budgets = Object.fromEntries(filesUnder('cloudfunctions', /\/index\.ts$/).flatMap((file) =>
  Object.entries(budgetsIn(read(file))).map(([action, budget]) => [`${file.split('/')[1]}.${action}`, budget])))

describe('what a community costs', () => {
  it('is reckoned with actions that exist, each with its budget', () => {
    expect(Object.keys(callsPerCommunity).filter((action) => !budgets[action])).toEqual([])
  })

  it('adds up: the timer once an environment, the rest once a community', () => {
    const cheap = Object.fromEntries(Object.keys(callsPerCommunity).map((action) => [action, 2]))
    const calls = Object.values(callsPerCommunity).reduce((sum, one) => sum + one, 0)
    expect(monthOf(0, cheap)).toMatchObject({ functionCalls: 43_231, databaseCalls: 43_231 })
    expect(monthOf(3, cheap)).toMatchObject({ functionCalls: 43_231 + 3 * calls, databaseCalls: 43_231 + 6 * calls })
  })

  it('is billed by whole 100 ms of 256 MB', () => {
    const cheap = Object.fromEntries(Object.keys(callsPerCommunity).map((action) => [action, 2]))
    expect(monthOf(0, cheap).gbSeconds).toBeCloseTo(43_231 * 0.025)
  })
})
