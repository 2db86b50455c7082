import type { Transaction } from '../../_shared/db'
import type { Member, Residency } from '../../_shared/member'
import { answered } from '../application'
import { applications } from '../repository'
import { join } from '../residency'

/** The person belonging to the house, by whichever way they came. What they had asked for there has been answered by it: nobody need decide it. */
export const joinIn = async (transaction: Transaction, member: Member, residency: Residency, now: Date): Promise<Member> => {
  const asked = member.applications.filter(({ houseId, status }) => houseId === residency.houseId && status === 'pending')
  for (const { applicationId } of asked) {
    const application = await transaction.get(applications, applicationId)
    if (application) await transaction.replace(applications, answered(application, now))
  }
  return join(member, residency)
}
