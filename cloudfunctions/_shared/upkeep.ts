import { now as readClock, seconds } from './clock'
import { rawCount, rawPage, type Raw } from './db'
import { jobs, type Job, type JobRunner } from './jobs'

/**
 * Work on every document of some collections, a little every minute: how far it has come is kept in the job. `seen` of `total` documents in
 * this pass; a pass that changed something is followed by another one.
 */
export type Progress = {
  collection: string | null
  after: string | null
  changed: number
  passChanged: number
  failed: string[]
  pass: number
  seen: number
  total: number
  movedAt: Date | null
}

/** `changed`: rewritten now. `missed`: somebody else was quicker, and the next pass looks again. `failed`: cannot be done, ever. */
export type Visit = (collection: string, document: Raw) => Promise<'unchanged' | 'changed' | 'missed' | 'failed'>

const pageSize = 200
const atOnce = 8
const worksForMs = seconds(15)
const mostFailuresNamed = 20

const begun: Progress = { collection: null, after: null, changed: 0, passChanged: 0, failed: [], pass: 0, seen: 0, total: 0, movedAt: null }

/** As a job of an older release, or one that nobody has begun, may have kept none of it. */
export const progressOf = ({ payload }: Job): Progress => ({ ...begun, ...(payload.progress as Partial<Progress> | undefined) })

const visitPage = async (progress: Progress, collection: string, page: Raw[], visit: Visit): Promise<Progress> => {
  const next = { ...progress, seen: progress.seen + page.length, failed: [...progress.failed] }
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
const following = (collections: readonly string[], name: string): string | null => collections[collections.indexOf(name) + 1] ?? null

const passFrom = async (collections: readonly string[], progress: Progress): Promise<Progress> => {
  const counts = await Promise.all(collections.map(rawCount))
  return { ...progress, collection: collections[0]!, after: null, pass: progress.pass + 1, seen: 0, passChanged: 0, total: counts.reduce((sum, count) => sum + count, 0) }
}

/**
 * A job that visits every document again and again until a whole pass finds nothing more to do; then `finish`. Safe to kill anywhere:
 * a page is visited again whose progress was not saved, and a visit changes nothing twice. At most 15 seconds a minute.
 */
export const upkeepJob = (o: { collections: () => readonly string[]; visit: () => Promise<Visit>; finish: (job: Job, progress: Progress, now: Date) => Promise<void> }): JobRunner =>
  async (job, now) => {
    const startedAt = performance.now()
    const collections = o.collections()
    const visit = await o.visit()
    let progress = progressOf(job)
    const save = async (next: Progress) => {
      progress = { ...next, movedAt: readClock() }
      await jobs.update({ _id: job._id }, { 'payload.progress': progress })
    }
    while (collections.length > 0) {
      if (progress.collection === null) progress = await passFrom(collections, progress)
      const collection = progress.collection!
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
        await save({ ...visited, collection: next, after: null })
      }
      if (performance.now() - startedAt > worksForMs) return now
    }
    await o.finish(job, progress, now)
    return 'done'
  }
