import { writeAudit } from '../_shared/audit'
import { memberOf, type Caller } from '../_shared/caller'
import type { Input, Output } from '../_shared/contract'
import { notFound } from '../_shared/errors'
import { maskName } from '../_shared/masking'
import { covers, type Member } from '../_shared/member'
import type { Situation } from '../_shared/serve'
import type { House, Roster } from '../houses/house'
import { communities, houses, rosterOf } from '../houses/repository'
import { peopleIn, shownApplication } from '../members/member-reply'
import { applicationsOfHouse, peopleOf } from '../members/repository'
import { countOfHouse, openOfHouse } from '../repairs/repository'
import type { InsightsContract } from './contract'
import { permitted, type Part } from './profile'

type Out = Output<InsightsContract, 'residentProfile'>

/** More unfinished orders than this no house has. */
const mostOpen = 100

const isAtWork = async (houseId: string, caller: Caller): Promise<boolean> =>
  (await openOfHouse(houseId, mostOpen)).some(({ assignee }) => assignee?.memberId === memberOf(caller)._id)

const shownOnFile = (rows: Roster[], people: Member[]): Out['onFile'] =>
  rows.map(({ name, maskedPhone, relation, phoneHash }) =>
    ({ name: maskName(name), maskedPhone, relation, isVerified: people.some((one) => one.phoneHash === phoneHash) }))

/** Written before the page is shown, on the row of everybody who is looked at: each of them sees it on 我的数据. */
const auditLook = (house: House, memberIds: string[], { caller, now }: Situation): Promise<unknown> =>
  Promise.all([...memberIds, house._id].map((subjectId) => writeAudit({
    actorId: memberOf(caller)._id, action: 'insights.residentProfile', subjectId, communityId: house.communityId, after: { houseId: house._id }, at: now,
  })))

export const residentProfile = async ({ houseId }: Input<InsightsContract, 'residentProfile'>, situation: Situation): Promise<Out> => {
  const { caller, now } = situation
  const house = await houses.get(houseId)
  const may = caller.post && permitted[caller.post.role]
  if (!house || !may || !covers(caller.post!, house)) throw notFound('套房屋')
  if (may.onlyWhereAtWork && !(await isAtWork(houseId, caller))) throw notFound('套房屋')
  const reading = async <T>(part: Part, read: () => Promise<T>): Promise<T | undefined> => (may.parts.includes(part) ? read() : undefined)
  const [community, people, rows, applications, repairs] = await Promise.all([
    communities.get(house.communityId), reading('residents', () => peopleOf(houseId)), reading('onFile', () => rosterOf(houseId)),
    reading('applications', () => applicationsOfHouse(houseId)), reading('repairs', () => countOfHouse(houseId)),
  ])
  const residents = people && peopleIn(houseId, people, undefined, now, false)
  await auditLook(house, residents?.map(({ memberId }) => memberId) ?? [], situation)
  return {
    houseId, label: house.label, communityName: community?.name ?? '', residentSteps: may.steps,
    residents: residents?.map(({ memberId, name, relation, maskedPhone, scopes, endsOn }) => ({
      memberId, name, relation, ...(may.parts.includes('numbers') && { maskedPhone }), ...(may.parts.includes('terms') && { scopes, endsOn }),
    })),
    onFile: rows && shownOnFile(rows, people ?? []),
    applications: applications?.map((one) => ({ ...shownApplication(one), name: maskName(one.name) })),
    repairs,
  }
}
