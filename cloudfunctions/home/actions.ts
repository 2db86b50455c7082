import type { Caller } from '../_shared/caller'
import { readConfiguration } from '../_shared/configuration'
import type { Input, Output } from '../_shared/contract'
import { notFound } from '../_shared/errors'
import { countUnread } from '../_shared/inbox'
import type { Residency } from '../_shared/member'
import type { Situation } from '../_shared/serve'
import { privacyOf } from '../members/repository'
import { welcome } from '../members/demonstration'
import { configurationIdFor, sessionOf } from '../members/session'
import { owedByHouse } from '../billing/repository'
import { publicIncidentOf } from '../incidents/incident'
import { openIncidentsOf } from '../incidents/repository'
import { cardOf } from '../repairs/repair-reply'
import { countQueue, openOfHouse, type QueueCounts } from '../repairs/repository'
import type { HomeContract } from './contract'

type Out = Output<HomeContract, 'open'>

const shownRepairs = 3
/** More unfinished orders than this in one household are counted as this many. */
const countedRepairs = 20

const deskOf = async ({ post, member }: Caller): Promise<QueueCounts | null> => {
  if (post?.role === 'technician') return countQueue(post, member!._id)
  return post?.role === 'manager' || post?.role === 'clerk' ? countQueue(post, null) : null
}

/** Null for whoever may not see what the house owes. */
const owedBy = async (home: Residency | undefined): Promise<Out['owed']> => {
  if (!home?.scopes.includes('bills')) return null
  const bills = await owedByHouse(home.houseId)
  return { amountFen: bills.reduce((sum, { amountFen }) => sum + amountFen, 0), count: bills.length, billId: bills.length === 1 ? bills[0]!._id : null }
}

export const open = async ({ houseId }: Input<HomeContract, 'open'>, { caller: whoever, now }: Situation): Promise<Out> => {
  const caller = await welcome(whoever, now)
  const home = houseId === undefined ? caller.houses[0] : caller.houses.find((house) => house.houseId === houseId)
  if (houseId !== undefined && !home) throw notFound('套房屋')
  const [configuration, privacy, repairs, incidents, unreadCount, desk, owed] = await Promise.all([
    readConfiguration(home?.communityId ?? configurationIdFor(caller)),
    privacyOf(caller),
    home ? openOfHouse(home.houseId, countedRepairs) : [],
    home ? openIncidentsOf(home.communityId, home.building) : [],
    caller.member ? countUnread(caller.member._id) : 0,
    deskOf(caller),
    owedBy(home),
  ])
  const session = sessionOf(caller, configuration, privacy, now)
  return {
    session,
    house: session.houses.find((house) => house.houseId === home?.houseId) ?? null,
    openRepairs: repairs.slice(0, shownRepairs).map((repair) => cardOf(repair, 'household', now)),
    openRepairCount: repairs.length,
    incidents: incidents.map((incident) => publicIncidentOf(incident, 0, false)),
    unreadCount,
    desk,
    owed,
  }
}
