import { members, postKey, type Member } from '../_shared/member'
import { isOnDuty, shiftsWithin, type Shift } from './duty'
import { comingShifts, workingCountsOf } from './repository'

/** The technicians of a community. `workingCounts`: the orders each has in hand, nothing for none. */
export type Crew = { people: Pick<Member, '_id' | 'name' | 'posts'>[]; shifts: Shift[]; workingCounts: Map<string, number> }

/** Three round trips at once. */
export const crewOf = async (communityId: string, now: Date): Promise<Crew> => {
  const [people, shifts, workingCounts] = await Promise.all([
    members.find({ postKeys: postKey(communityId, 'technician') }, { limit: 1_000, fields: ['name', 'posts'] }), comingShifts(communityId, now), workingCountsOf(communityId),
  ])
  return { people, shifts: shiftsWithin(shifts, people, communityId), workingCounts }
}

export const shownCrew = ({ people, shifts, workingCounts }: Crew, now: Date) => {
  const onDuty = new Set(shifts.filter((shift) => isOnDuty(shift, now)).map(({ memberId }) => memberId))
  return people.map(({ _id, name }) => ({ memberId: _id, name, workingCount: workingCounts.get(_id) ?? 0, isOnDuty: onDuty.has(_id) }))
}
