import type { Caller } from '../_shared/caller'
import { readConfiguration } from '../_shared/configuration'
import type { Input, Output } from '../_shared/contract'
import { notFound } from '../_shared/errors'
import type { Situation } from '../_shared/serve'
import type { RepairsContract } from './contract'
import { isInside } from './repair-access'
import * as repository from './repository'
import { rosterOf } from './seats'
import { settingsOf } from './settings'
import { offersFor, visitedOf, type Visited } from './visit'

type Asked = Input<RepairsContract, 'visits'>

const visitedOfOrder = async (repairId: string, caller: Caller): Promise<Visited & { communityId: string }> => {
  const repair = await repository.repairs.get(repairId)
  if (!repair || !isInside(repair, caller)) throw notFound('张报修单')
  return { ...visitedOf(repair), communityId: repair.communityId }
}

/** Of a report that is being written: by a household for its home, or by the desk for somebody who called. */
const visitedOfReport = ({ houseId, category = 'other', building }: Asked, { houses, post }: Caller): Visited & { communityId: string } => {
  const house = houses.find((each) => each.houseId === houseId)
  const isDesk = houseId === undefined && (post?.role === 'manager' || post?.role === 'clerk')
  if (!house && !isDesk) throw notFound('套房屋')
  return {
    repairId: null, category, building: building === undefined ? (house?.building ?? null) : building, assignee: null, returnedBy: [],
    communityId: house?.communityId ?? post!.communityId,
  }
}

export const visits = async (asked: Asked, { caller, now }: Situation): Promise<Output<RepairsContract, 'visits'>> => {
  const { communityId, ...what } = asked.repairId === undefined ? visitedOfReport(asked, caller) : await visitedOfOrder(asked.repairId, caller)
  const [roster, configuration] = await Promise.all([rosterOf(communityId, now), readConfiguration(communityId)])
  return offersFor(what, roster, settingsOf(configuration), now)
}
