import { readConfiguration } from '../_shared/configuration'
import { members, postKey } from '../_shared/member'
import { pickTechnician } from './duty'
import type { Assignee, RepairOrder } from './repair'
import { comingShifts, comingVisits, countByAssignee } from './repository'
import { settingsOf } from './settings'
import { isComing } from './slot'
import { hasSeatLeft } from './visit'

/**
 * Whom an order goes to when nobody chooses: who agreed to visit it, else who is on duty for it now and free when the household is at
 * home. Null when nobody is.
 */
export const chooseTechnician = async (repair: RepairOrder, now: Date): Promise<Assignee | null> => {
  const { communityId, communityName, visit, slot } = repair
  const wish = isComing(slot, now) ? slot : null
  const [shifts, loads, technicians, seats, configuration] = await Promise.all([
    comingShifts(communityId, now),
    countByAssignee({ role: 'manager', communityId, communityName, buildings: null }, ['working']),
    members.find({ postKeys: postKey(communityId, 'technician') }, { limit: 1_000, fields: ['name'] }),
    wish ? comingVisits(communityId, wish.day) : [],
    readConfiguration(communityId),
  ])
  const agreed = repair.assignee === null ? technicians.find(({ _id }) => _id === visit?.technicianId) : undefined
  if (agreed) return { memberId: agreed._id, name: agreed.name }
  const { visitsEach } = settingsOf(configuration)
  const isFree = (memberId: string) => wish === null || hasSeatLeft(seats, wish, memberId, visitsEach)
  const known = new Set(technicians.map(({ _id }) => _id).filter(isFree))
  return pickTechnician(
    repair, shifts.filter(({ memberId }) => known.has(memberId)), new Map(loads.map(({ technicianId, count }) => [String(technicianId), count])), now)
}
