import type { StaffRole } from '../_shared/roles'
import type { ProfileStep } from './contract'

export type Part = 'residents' | 'numbers' | 'terms' | 'onFile' | 'applications' | 'repairs'
type Permitted = { parts: Part[]; steps: ProfileStep[]; onlyWhereAtWork?: true }

const everything: Permitted = { parts: ['residents', 'numbers', 'terms', 'onFile', 'applications', 'repairs'], steps: ['reveal', 'moveOut'] }

/**
 * What each role may see of a house, and do from there. A guard asks at the gate whether somebody lives here: a name is enough. Finance
 * rings about a bill, so there the masked number tells one 王** from another. A technician sees what has been repaired, and only while
 * he has work in the house; for whom, his order says. Who inspects public areas has no business in a home.
 */
export const permitted: Record<StaffRole, Permitted | null> = {
  manager: everything,
  clerk: everything,
  technician: { parts: ['repairs'], steps: [], onlyWhereAtWork: true },
  cashier: { parts: ['residents', 'numbers'], steps: [] },
  guard: { parts: ['residents'], steps: [] },
  inspector: null,
}
