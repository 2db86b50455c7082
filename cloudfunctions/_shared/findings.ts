import { collection, type Stored } from './db'
import { command } from './platform'

/** Something that cannot be, found by a nightly check: what it concerns, and what is wrong with it in a word of code. */
export type Finding = { subjectId: string; problem: string }
/** A finding, or with `problem` null the summary of a check's last whole run. */
export type FindingRow = Stored & { check: string; run: string; subjectId: string; problem: string | null; at: Date; seenCount: number; findingCount: number }

export const findings = collection<FindingRow>('findings')

const mostFindings = 200

/** Adds what a run of a check has found so far. Safe to repeat. */
export const report = async (check: string, run: string, found: Finding[], at: Date): Promise<void> => {
  for (const { subjectId, problem } of found) {
    await findings.insert({ _id: `${run}_${subjectId}_${problem}`, schema: 1, check, run, subjectId, problem, at, seenCount: 0, findingCount: 0 })
  }
}

/** Ends a run: what earlier runs found, and this one did not, is forgotten. */
export const conclude = async (check: string, run: string, seenCount: number, at: Date): Promise<void> => {
  const findingCount = await findings.count({ check, run })
  await findings.removeWhere({ check, run: command.lt(run) })
  await findings.insert({ _id: `${run}_summary`, schema: 1, check, run, subjectId: '', problem: null, at, seenCount, findingCount })
}

const mostChecks = 20

/** Every check's last whole run. One round trip. */
export const lastRuns = (): Promise<FindingRow[]> => findings.find({ problem: null }, { sort: { at: 'desc' }, limit: mostChecks })

/** What the last run of a check found, and its summary. One round trip. */
export const findingsOf = (check: string): Promise<FindingRow[]> => findings.find({ check }, { limit: mostFindings })
