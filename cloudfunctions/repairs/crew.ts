import { members, postKey } from '../_shared/member'
import { isOnDuty, type Shift } from './duty'
import { comingShifts, workingCountsOf } from './repository'

/** The technicians of a community. `workingCounts`: the orders each has in hand, nothing for none. */
export type Crew = { people: { _id: string; name: string }[]; shifts: Shift[]; workingCounts: Map<string, number> }

/** Three round trips at once. */
export const crewOf = async (communityId: string, now: Date): Promise<Crew> => {
  const [people, shifts, workingCounts] = await Promise.all([
    members.find({ postKeys: postKey(communityId, 'technician') }, { limit: 1_000, fields: ['name'] }), comingShifts(communityId, now), workingCountsOf(communityId),
  ])
  const known = new Set(people.map(({ _id }) => _id))
  return { people, shifts: shifts.filter(({ memberId }) => known.has(memberId)), workingCounts }
}

export const shownCrew = ({ people, shifts, workingCounts }: Crew, now: Date) => {
  const onDuty = new Set(shifts.filter((shift) => isOnDuty(shift, now)).map(({ memberId }) => memberId))
  return people.map(({ _id, name }) => ({ memberId: _id, name, workingCount: workingCounts.get(_id) ?? 0, isOnDuty: onDuty.has(_id) }))
}
