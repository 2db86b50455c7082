import { companyId, configurations, readConfiguration } from '../../_shared/configuration'
import type { Input, Output } from '../../_shared/contract'
import type { Post } from '../../_shared/member'
import type { Situation } from '../../_shared/serve'
import { openVault } from '../../_shared/vault'
import { communityIdFor, type Community } from '../../houses/house'
import { allCommunities, communities } from '../../houses/repository'
import type { MembersContract } from '../contract'
import { withPost } from '../posts'
import * as repository from '../repository'
import { readSetupCode, redeem, setupCodeId, setupCodePurpose } from '../setup-code'
import { onceKnown } from './own-document'
import { requirePrivacy } from './verification'

const managerOf = ({ _id, name }: Community): Post => ({ role: 'manager', communityId: _id, communityName: name, buildings: null })

/**
 * Who has the code is the first manager: of the community they name, and of every one there is, for nobody else could set those up. The
 * code is used in the same transaction: of two who type it at once, one is the manager.
 */
export const redeemSetupCode = async (input: Input<MembersContract, 'redeemSetupCode'>, situation: Situation): Promise<Output<MembersContract, 'redeemSetupCode'>> => {
  const { requestId, code, name, communityName } = input
  const { caller, now } = situation
  await requirePrivacy(situation)
  const [vault, existing, company] = [await openVault(), await allCommunities(), await readConfiguration(companyId)]
  const codeHash = vault.hash(setupCodePurpose, readSetupCode(code))
  const named = existing.find((community) => community.name === communityName)
  const community = named ?? { _id: communityIdFor(caller.openid, requestId), schema: 1, version: 1, name: communityName, address: '', servicePhones: [] }
  await onceKnown('redeemSetupCode', requestId, situation, async ({ transaction, audit }, { member, save }) => {
    await transaction.replace(repository.setupCodes, redeem(await transaction.get(repository.setupCodes, setupCodeId), codeHash, member._id, now))
    if (!named) {
      await transaction.insert(communities, community)
      await transaction.insert(configurations, { ...company, _id: community._id, name: community.name })
    }
    const all = [community, ...existing.filter(({ _id }) => _id !== community._id)]
    await save({ ...all.map(managerOf).reduce(withPost, member), name })
    await audit({ actorId: member._id, action: 'members.redeemSetupCode', subjectId: member._id, communityId: community._id, after: { role: 'manager' } })
  })
  return { post: managerOf(community) }
}
