import type { Caller } from '../_shared/caller'
import type { Stored } from '../_shared/db'
import { invalid } from '../_shared/errors'
import { covers, type Member } from '../_shared/member'
import type { Category } from './contract'
import type { Assignee, RepairOrder } from './repair'

/** Somebody's hours on duty, for all or some kinds of repairs, in all or some buildings. */
export type Shift = Stored & {
  communityId: string
  memberId: string
  name: string
  startsAt: Date
  endsAt: Date
  categories: Category[] | null
  buildings: string[] | null
}

const longestShiftMs = 31 * 24 * 3_600_000

type Site = Pick<RepairOrder, 'communityId' | 'building'>

/** Whether what is broken there can be this person's work. */
export const worksAsTechnician = (member: Pick<Member, 'posts'> | null, site: Site): boolean =>
  member !== null && member.posts.some((post) => post.role === 'technician' && covers(post, site))

/** Shifts of those who are technicians here, each for the buildings that its technician's post is of. */
export const shiftsWithin = (shifts: Shift[], people: Pick<Member, '_id' | 'posts'>[], communityId: string): Shift[] => {
  const posts = new Map(people.map(({ _id, posts: all }) => [_id, all.find((post) => post.communityId === communityId && post.role === 'technician')]))
  return shifts.flatMap((shift) => {
    const post = posts.get(shift.memberId)
    if (!post) return []
    const { buildings } = post
    return { ...shift, buildings: buildings && shift.buildings ? shift.buildings.filter((building) => buildings.includes(building)) : (buildings ?? shift.buildings) }
  })
}

type Plan = Pick<Shift, 'startsAt' | 'endsAt' | 'categories' | 'buildings'> & { shiftId: string; technician: Member | null }

/** A new shift in the caller's community. Throws INVALID_INPUT for whoever is no technician there, and for hours that make no sense. */
export const planShift = ({ shiftId, technician, startsAt, endsAt, categories, buildings }: Plan, caller: Caller, now: Date): Shift => {
  const { communityId } = caller.post!
  if (!worksAsTechnician(technician, { communityId, building: null })) throw invalid({ memberId: '这位师傅不在本小区，请重新选择' })
  if (endsAt <= startsAt || endsAt <= now) throw invalid({ endsAt: '下班的时间要在上班之后' })
  if (endsAt.getTime() - startsAt.getTime() > longestShiftMs) throw invalid({ endsAt: '一次最多排 31 天' })
  return { _id: shiftId, schema: 1, communityId, memberId: technician!._id, name: technician!.name, startsAt, endsAt, categories, buildings }
}

export const isOnDuty = ({ startsAt, endsAt }: Shift, now: Date): boolean => startsAt <= now && now < endsAt

const isFor = (shift: Shift, { category, building }: Pick<RepairOrder, 'category' | 'building'>): boolean =>
  (shift.categories === null || shift.categories.includes(category)) &&
  (shift.buildings === null || building === null || shift.buildings.includes(building))

/** Who knows this kind of work or building before who does everything; among equals whoever has least to do, then by id. */
const byFitness = (workingCounts: Map<string, number>) => (a: Shift, b: Shift): number => {
  const breadth = ({ categories, buildings }: Shift) => Number(categories === null) + Number(buildings === null)
  const load = ({ memberId }: Shift) => workingCounts.get(memberId) ?? 0
  return breadth(a) - breadth(b) || load(a) - load(b) || (a.memberId < b.memberId ? -1 : 1)
}

/** Who is on duty all that time for that work, or (null) for any; the fittest first. */
export const fitFor = (
  shifts: Shift[], what: Pick<RepairOrder, 'category' | 'building'> | null, { from, to }: { from: Date; to: Date }, workingCounts: Map<string, number>,
): Assignee[] => {
  const fit = shifts.filter((shift) => shift.startsAt <= from && shift.endsAt >= to && (what === null || isFor(shift, what))).sort(byFitness(workingCounts))
  return fit.filter(({ memberId }, i) => fit.findIndex((other) => other.memberId === memberId) === i).map(({ memberId, name }) => ({ memberId, name }))
}

/** Whom an order goes to when nobody chooses; null when nobody is on duty for it. Whoever just gave it back does not get it again. */
export const pickTechnician = (
  repair: Pick<RepairOrder, 'category' | 'building' | 'timeline' | 'assignee'>, shifts: Shift[], workingCounts: Map<string, number>, now: Date,
): Assignee | null => {
  const returnedBy = repair.timeline.filter(({ step }) => step === 'return').map(({ by }) => by.memberId)
  const candidates = shifts.filter((shift) =>
    isOnDuty(shift, now) && isFor(shift, repair) && !returnedBy.includes(shift.memberId) && shift.memberId !== repair.assignee?.memberId)
  const [best] = candidates.sort(byFitness(workingCounts))
  return best ? { memberId: best.memberId, name: best.name } : null
}
