import { createHash } from 'node:crypto'
import { memberOf } from '../_shared/caller'
import type { Input, Output } from '../_shared/contract'
import { AlreadyExists, inTransaction, type Transaction } from '../_shared/db'
import { notFound } from '../_shared/errors'
import { countFollowers, countFollowersOf, followedBy, startFollowing, stopFollowing } from '../_shared/follower'
import { owe } from '../_shared/outbox'
import type { Situation } from '../_shared/serve'
import { buildingsOf } from '../houses/repository'
import { limits, type IncidentsContract } from './contract'
import * as rules from './incident'
import { tellingKind, type TellingDuty } from './jobs'
import * as repository from './repository'

type In<A extends keyof IncidentsContract> = Required<Input<IncidentsContract, A>>
type Out<A extends keyof IncidentsContract> = Output<IncidentsContract, A>

const houseOf = (houseId: string, { caller }: Situation) => {
  const house = caller.houses.find((each) => each.houseId === houseId)
  if (!house) throw notFound('套房屋')
  return house
}

export const list = async ({ houseId }: In<'list'>, situation: Situation): Promise<Out<'list'>> => {
  const { communityId, building } = houseOf(houseId, situation)
  const open = await repository.openIncidentsOf(communityId, building)
  const ids = open.map(({ _id }) => _id)
  const [counts, followed] = await Promise.all([countFollowersOf(ids), followedBy(ids, [houseId])])
  return { incidents: open.map((incident) => rules.publicIncidentOf(incident, counts.get(incident._id) ?? 0, followed.has(incident._id))) }
}

export const follow = async ({ houseId, incidentId, isFollowing }: In<'follow'>, situation: Situation): Promise<Out<'follow'>> => {
  const house = houseOf(houseId, situation)
  const incident = await repository.incidents.get(incidentId)
  const isOffered = incident?.isOpen === true && rules.affects(incident, house)
  if (!isFollowing) {
    // Of what was never theirs not even the number of followers is told.
    if (!(await stopFollowing(incidentId, houseId)) && !isOffered) throw notFound('个事件')
  } else {
    if (!isOffered) throw notFound('个事件')
    await startFollowing({ subjectId: incidentId, houseId, memberId: memberOf(situation.caller)._id, at: situation.now })
  }
  return { isFollowing, followerCount: await countFollowers(incidentId) }
}

export const board = async ({ state, cursor }: Input<IncidentsContract, 'board'>, { caller }: Situation): Promise<Out<'board'>> => {
  const { communityId, buildings: covered } = caller.post!
  const [page, buildings] = await Promise.all([
    repository.boardOf(communityId, state === 'open', cursor, limits.pageSize), buildingsOf(communityId),
  ])
  const seen = page.documents.filter((incident) => rules.canSee(incident, caller))
  const counts = await countFollowersOf(seen.map(({ _id }) => _id))
  return {
    incidents: seen.map((incident) => rules.incidentOf(incident, counts.get(incident._id) ?? 0, false)), nextCursor: page.nextCursor,
    buildings: buildings.map(({ name }) => name).filter((name) => covered === null || covered.includes(name)),
  }
}

const oweTelling = (transaction: Transaction, { _id, version }: rules.Incident, { caller, now }: Situation, toFollowers = false): Promise<void> => {
  const payload: TellingDuty = { incidentId: _id, version, openid: caller.openid, toFollowers }
  return owe(transaction, { _id: `${tellingKind}_${_id}_${version}`, kind: tellingKind, payload }, now)
}

export const create = async ({ requestId, startsAt, expectedEndAt, ...plan }: In<'create'>, situation: Situation): Promise<Out<'create'>> => {
  const { caller, now } = situation
  const incidentId = createHash('sha256').update(`${caller.openid}/${requestId}`).digest('hex').slice(0, 32)
  const incident = rules.announce({
    ...plan, incidentId, requestId, startsAt: new Date(startsAt), expectedEndAt: expectedEndAt === null ? null : new Date(expectedEndAt),
  }, caller, now)
  try {
    await inTransaction(async (transaction) => {
      await transaction.insert(repository.incidents, incident)
      await oweTelling(transaction, incident, situation)
    })
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error
  }
  return { incidentId }
}

type Owing = (transaction: Transaction, incident: rules.Incident) => Promise<void>

/** Loads, changes and saves in one transaction, with what is owed for it; the same request again only answers. */
const change = async (incidentId: string, requestId: string, { caller }: Situation, apply: (incident: rules.Incident) => rules.Incident, oweFor: Owing) => {
  await inTransaction(async (transaction) => {
    const before = await transaction.get(repository.incidents, incidentId)
    if (!before || !rules.canSee(before, caller)) throw notFound('个事件')
    if (rules.isRepeated(before, requestId)) return
    const after = apply(before)
    await transaction.replace(repository.incidents, after)
    await oweFor(transaction, after)
  })
  return { incidentId }
}

export const update = ({ incidentId, requestId, expectedEndAt, note }: In<'update'>, situation: Situation): Promise<Out<'update'>> => {
  const { caller, now } = situation
  const until = expectedEndAt === null ? null : new Date(expectedEndAt)
  return change(incidentId, requestId, situation, (incident) => rules.update(incident, { requestId, note, expectedEndAt: until }, caller, now),
    (transaction, incident) => oweTelling(transaction, incident, situation, true))
}

export const finish = ({ incidentId, requestId, note }: In<'finish'>, situation: Situation): Promise<Out<'finish'>> => {
  const { caller, now } = situation
  return change(incidentId, requestId, situation, (incident) => rules.finish(incident, { requestId, note }, caller, now),
    (transaction, incident) => oweTelling(transaction, incident, situation))
}
