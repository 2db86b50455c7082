import { countJest, sentence, total } from '../support/steps'

const report = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0, numRuntimeErrorTestSuites: 0, success: true }

describe('the last line of npm test', () => {
  it('adds up tests and gates', () => {
    expect(sentence(total([{ passed: 1, failed: 0, skipped: 0 }, countJest(report, 0)]))).toBe('Tests: 6 passed, 0 failed')
    expect(sentence({ passed: 1, failed: 2, skipped: 3 })).toBe('Tests: 1 passed, 2 failed, 3 skipped')
  })

  it.each([
    ['a failed test', { ...report, numFailedTests: 2, success: false }, 1, 2],
    ['a file that does not load', { ...report, numRuntimeErrorTestSuites: 1, success: false }, 1, 1],
    ['a run that fails without a failed test', report, 1, 1],
    ['a run that leaves no report', undefined, 0, 1],
  ])('counts %s as failed', (_, result, code, failed) => {
    expect(countJest(result, code).failed).toBe(failed)
  })
})
