import { seconds } from './clock'
import { rawPage, type Raw } from './db'
import { jobs, type Job, type JobRunner } from './jobs'

/** Work on every document of some collections, a little every minute: how far it has come is kept in the job. */
export type Progress = { collection: string | null; after: string | null; changed: number; passChanged: number; failed: string[] }

/** `changed`: rewritten now. `missed`: somebody else was quicker, and the next pass looks again. `failed`: cannot be done, ever. */
export type Visit = (collection: string, document: Raw) => Promise<'unchanged' | 'changed' | 'missed' | 'failed'>

const pageSize = 200
const atOnce = 8
const worksForMs = seconds(15)
const mostFailuresNamed = 20

const begun: Progress = { collection: null, after: null, changed: 0, passChanged: 0, failed: [] }

const visitPage = async (progress: Progress, collection: string, page: Raw[], visit: Visit): Promise<Progress> => {
  const next = { ...progress, failed: [...progress.failed] }
  for (let from = 0; from < page.length; from += atOnce) {
    const some = page.slice(from, from + atOnce)
    const outcomes = await Promise.all(some.map((document) => visit(collection, document)))
    next.changed += outcomes.filter((outcome) => outcome === 'changed').length
    next.passChanged += outcomes.filter((outcome) => outcome === 'changed' || outcome === 'missed').length
    const failed = some.filter((_, i) => outcomes[i] === 'failed').map(({ _id }) => `${collection}/${_id}`)
    next.failed = [...new Set([...next.failed, ...failed])].slice(0, mostFailuresNamed)
  }
  return next
}

/** The collection after this one; null at the end. */
const following = (collections: readonly string[], name: string | null): string | null =>
  name === null ? collections[0] ?? null : collections[collections.indexOf(name) + 1] ?? null

/**
 * A job that visits every document again and again until a whole pass finds nothing more to do; then `finish`. Safe to kill anywhere:
 * a page is visited again whose progress was not saved, and a visit changes nothing twice. At most 15 seconds a minute.
 */
export const upkeepJob = (o: { collections: () => readonly string[]; visit: () => Promise<Visit>; finish: (job: Job, progress: Progress, now: Date) => Promise<void> }): JobRunner =>
  async (job, now) => {
    const startedAt = performance.now()
    const collections = o.collections()
    const visit = await o.visit()
    let progress: Progress = { ...begun, ...(job.payload.progress as Partial<Progress> | undefined) }
    const save = async (next: Progress) => {
      await jobs.update({ _id: job._id }, { 'payload.progress': next })
      progress = next
    }
    for (;;) {
      const collection = progress.collection ?? following(collections, null)
      if (collection === null) break
      const page = await rawPage(collection, { after: progress.after, limit: pageSize })
      const visited = await visitPage(progress, collection, page, visit)
      if (page.length === pageSize) {
        await save({ ...visited, collection, after: page.at(-1)!._id })
      } else {
        const next = following(collections, collection)
        if (next === null && visited.passChanged === 0) {
          progress = visited
          break
        }
        await save({ ...visited, collection: next, after: null, ...(next === null && { passChanged: 0 }) })
      }
      if (performance.now() - startedAt > worksForMs) return now
    }
    await o.finish(job, progress, now)
    return 'done'
  }
