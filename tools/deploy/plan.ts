import { isDeepStrictEqual } from 'node:util'

export type Part = 'database' | 'functions' | 'phone'
export const parts: Part[] = ['database', 'functions', 'phone']

/** One thing to do: as the plan says it, and how it is done. Every step can be done again. */
export type Step = { part: Part; says: string; take: () => Promise<void> }

/**
 * `blocks`: what stops the deployment before anything is touched, each with what a person does about it. `notes`: what a person should
 * know. `later`: what a person does by hand afterwards.
 */
export type Plan = { steps: Step[]; blocks: string[]; notes: string[]; later: string[] }

export const emptyPlan = (): Plan => ({ steps: [], blocks: [], notes: [], later: [] })

export const together = (plans: Plan[]): Plan => ({
  steps: plans.flatMap((plan) => plan.steps),
  blocks: plans.flatMap((plan) => plan.blocks),
  notes: plans.flatMap((plan) => plan.notes),
  later: plans.flatMap((plan) => plan.later),
})

/** Of plain JSON: the order of an object's keys does not count. */
export const isSame = (a: unknown, b: unknown): boolean => isDeepStrictEqual(a, b)
