import { writeAudit } from '../_shared/audit'
import type { Input, Output } from '../_shared/contract'
import { notFound } from '../_shared/errors'
import { maskName } from '../_shared/masking'
import { covers } from '../_shared/member'
import type { Situation } from '../_shared/serve'
import { communities, houses, rosterOf } from '../houses/repository'
import { peopleIn, shownApplication } from '../members/member-reply'
import { applicationsOfHouse, peopleOf } from '../members/repository'
import { countOfHouse } from '../repairs/repository'
import type { InsightsContract } from './contract'

type Out<A extends keyof InsightsContract> = Output<InsightsContract, A>

export const residentProfile = async ({ houseId }: Input<InsightsContract, 'residentProfile'>, { caller, now }: Situation): Promise<Out<'residentProfile'>> => {
  const house = await houses.get(houseId)
  if (!house || !caller.post || !covers(caller.post, house)) throw notFound('套房屋')
  const [community, people, rows, applications, repairs] = await Promise.all([
    communities.get(house.communityId), peopleOf(houseId), rosterOf(houseId), applicationsOfHouse(houseId), countOfHouse(houseId),
  ])
  const residents = peopleIn(houseId, people, undefined, now, false)
  // Written before the page is shown, on the row of everybody who is looked at: each of them sees it on 我的数据.
  await Promise.all([...residents.map(({ memberId }) => memberId), houseId].map((subjectId) => writeAudit({
    actorId: caller.member!._id, action: 'insights.residentProfile', subjectId, communityId: house.communityId, after: { houseId }, at: now,
  })))
  return {
    houseId, label: house.label, communityName: community?.name ?? '',
    residents,
    onFile: rows.map(({ name, maskedPhone, relation, phoneHash }) =>
      ({ name: maskName(name), maskedPhone, relation, isVerified: people.some((one) => one.phoneHash === phoneHash) })),
    applications: applications.map((one) => ({ ...shownApplication(one), name: maskName(one.name) })),
    repairs,
  }
}
