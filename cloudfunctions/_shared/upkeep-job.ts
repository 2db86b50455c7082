import type { Job } from './jobs'

/** Work on everything that is stored, which may take nights. */
export const upkeepKinds = ['rewrite', 'rotation'] as const

const jobOf = (kind: (typeof upkeepKinds)[number], _id: string, now: Date): Job => ({ _id, schema: 1, kind, dueAt: now, attempts: 0, payload: {} })

/** What a deployment writes into `jobs` once its functions are there; `tick` does the rest. One that is there already goes on. */
export const rewriteJobOf = (release: string, now: Date): Job => jobOf('rewrite', `rewrite_${release}`, now)

/**
 * What a deployment writes into `jobs` once every function seals with the key `keyId`. First it gives all functions the ring with the new
 * key last (all can open it), then with the new key first.
 */
export const rotationJobOf = (keyId: string, now: Date): Job => jobOf('rotation', `rotation_${keyId}`, now)
