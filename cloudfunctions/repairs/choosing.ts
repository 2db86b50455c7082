import { readConfiguration } from '../_shared/configuration'
import { crewOf } from './crew'
import { pickTechnician, worksAsTechnician } from './duty'
import type { Assignee, RepairOrder } from './repair'
import { comingVisits } from './repository'
import { settingsOf } from './settings'
import { isComing } from './slot'
import { hasSeatLeft } from './visit'

/**
 * Whom an order goes to when nobody chooses: who agreed to visit it, else who is on duty for it now and free when the household is at
 * home. Null when nobody is.
 */
export const chooseTechnician = async (repair: RepairOrder, now: Date): Promise<Assignee | null> => {
  const { communityId, visit, slot } = repair
  const wish = isComing(slot, now) ? slot : null
  const [{ people, shifts, workingCounts }, seats, configuration] = await Promise.all([
    crewOf(communityId, now), wish ? comingVisits(communityId, wish.day) : [], readConfiguration(communityId),
  ])
  const agreed = repair.assignee === null ? people.find((one) => one._id === visit?.technicianId && worksAsTechnician(one, repair)) : undefined
  if (agreed) return { memberId: agreed._id, name: agreed.name }
  const { visitsEach } = settingsOf(configuration)
  const isFree = (memberId: string) => wish === null || hasSeatLeft(seats, wish, memberId, visitsEach)
  return pickTechnician(repair, shifts.filter(({ memberId }) => isFree(memberId)), workingCounts, now)
}
