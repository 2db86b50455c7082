import { auditIn } from '../../_shared/audit'
import { memberOf } from '../../_shared/caller'
import { configurations, companyId, readConfiguration } from '../../_shared/configuration'
import type { Input, Output } from '../../_shared/contract'
import { AlreadyExists, inTransaction } from '../../_shared/db'
import { notFound } from '../../_shared/errors'
import { members, postKey, type Post } from '../../_shared/member'
import { owe } from '../../_shared/outbox'
import type { Situation } from '../../_shared/serve'
import type { HousesContract } from '../contract'
import { communityIdFor, requireVersion, requireWholePost, type Community } from '../house'
import { renameKind, type Renaming } from '../jobs'
import { communities } from '../repository'

type In<A extends keyof HousesContract> = Required<Input<HousesContract, A>>
type Out<A extends keyof HousesContract> = Output<HousesContract, A>

export const getCommunity = async (_: object, { caller }: Situation): Promise<Out<'getCommunity'>> => {
  const post = caller.post!
  const community = await communities.get(post.communityId)
  if (!community) throw notFound('个小区')
  const { _id, name, address, servicePhones, version } = community
  return { community: { communityId: _id, name, address, servicePhones, version }, mayEdit: post.role === 'manager' && post.buildings === null, mayExportPhones: post.role === 'manager' }
}

export const createCommunity = async (input: In<'createCommunity'>, { caller, now }: Situation): Promise<Out<'createCommunity'>> => {
  requireWholePost(caller)
  const { name, address, servicePhones, requestId } = input
  const { _id: memberId } = memberOf(caller)
  const community: Community = { _id: communityIdFor(caller.openid, requestId), schema: 1, version: 1, name, address, servicePhones }
  const configuration = { ...await readConfiguration(companyId), _id: community._id, name }
  const post: Post = { role: 'manager', communityId: community._id, communityName: name, buildings: null }
  try {
    await inTransaction(async (transaction) => {
      await transaction.insert(communities, community)
      await transaction.insert(configurations, configuration)
      const member = (await transaction.get(members, memberId))!
      // A community that nobody works in could not be set up by anybody.
      await transaction.replace(members, {
        ...member, version: member.version + 1, posts: [...member.posts, post], postKeys: [...member.postKeys, postKey(post.communityId, post.role)],
      })
      await auditIn(transaction, { actorId: memberId, action: 'houses.createCommunity', subjectId: community._id, communityId: community._id, after: { name }, at: now })
    })
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error
  }
  return { communityId: community._id }
}

export const updateCommunity = async ({ version, name, address, servicePhones }: In<'updateCommunity'>, { caller, now }: Situation): Promise<Out<'updateCommunity'>> => {
  const { communityId } = requireWholePost(caller)
  return inTransaction(async (transaction) => {
    const before = await transaction.get(communities, communityId)
    if (!before) throw notFound('个小区')
    requireVersion(before, version)
    const after = { ...before, name, address, servicePhones, version: version + 1 }
    await transaction.replace(communities, after)
    if (name !== before.name) {
      const payload: Renaming = { communityId, building: null, houseId: null }
      await owe(transaction, { _id: `rename_${communityId}_${after.version}`, kind: renameKind, payload }, now)
    }
    await auditIn(transaction, {
      actorId: memberOf(caller)._id, action: 'houses.updateCommunity', subjectId: communityId, communityId,
      before: { name: before.name, servicePhones: numbersOf(before) }, after: { name, servicePhones: numbersOf(after) }, at: now,
    })
    return { version: after.version }
  })
}

const numbersOf = ({ servicePhones }: Pick<Community, 'servicePhones'>): string[] => servicePhones.map(({ label, phone }) => `${label} ${phone}`)
