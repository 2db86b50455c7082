import { audits } from '../_shared/audit'
import { after, days, shanghaiDay } from '../_shared/clock'
import { inTransaction } from '../_shared/db'
import { departedName, type DescribeMember, type EraseMember } from '../_shared/departing'
import { conclude, report, type Finding } from '../_shared/findings'
import { jobs, type JobRunner, type JobRunners } from '../_shared/jobs'
import { members, type Member } from '../_shared/member'
import { command } from '../_shared/platform'
import { readRetention } from '../_shared/retention'
import { openVault } from '../_shared/vault'
import { roster } from '../houses/repository'
import type { Application } from './application'
import { faultsOfApplication, faultsOfInvitation, faultsOfMember, faultsOfRow, type Known } from './consistency'
import type { Invitation } from './invitation'
import { shownToApplicant } from './member-reply'
import { applications, consents, endedBefore, findNamed, forgetDecided, forgetExpired, forgetLooks, guestId, invitations, walk, type Walked } from './repository'
import { touch } from './residency'

const atOnce = 100

/** What stays of applications says that there was one, for which house and how it ended: the desk's own record. Nobody need decide it any more. */
const eraseApplications: EraseMember = async ({ memberId }, now) => {
  await applications.update({ memberId, stage: 'pending' }, { status: 'withdrawn', stage: 'decided', decidedAt: now })
  const anonymous = { name: departedName, note: '', phone: null, maskedPhone: null, isPhoneVerified: false }
  await applications.update({ memberId }, anonymous)
  await applications.update({ 'decidedBy.memberId': memberId }, { 'decidedBy.name': departedName })
  return true
}

/**
 * The file goes with the person. The company's register of owners, which it keeps for its contract with them, is not in this product;
 * what it may lawfully hold comes back with its next import.
 */
const eraseFile: EraseMember = async ({ memberId, phoneHash }) => {
  if (phoneHash) {
    await roster.removeWhere({ phoneHash })
    await invitations.removeWhere({ phoneHash })
  }
  await invitations.removeWhere({ invitedById: memberId })
  return true
}

export const eraseMember: EraseMember = async (departed, now) => {
  await eraseApplications(departed, now)
  await eraseFile(departed, now)
  await consents.remove(guestId(departed.openid))
  return true
}

export const describeMember: DescribeMember = async (memberId) => {
  const [member, own, about] = await Promise.all([
    members.get(memberId),
    applications.find({ memberId }, { sort: { orderKey: 'desc' }, limit: atOnce }),
    audits.find({ subjectId: memberId }, { sort: { orderKey: 'desc' }, limit: 1_000 }),
  ])
  if (!member) return {}
  const vault = member.phone && await openVault()
  return {
    name: member.name, phone: member.phone && vault ? vault.open(member.phone) : null, privacy: member.privacy,
    houses: member.houses.map(({ communityName, houseLabel, relation, scopes, endsOn }) => ({ communityName, houseLabel, relation, scopes, endsOn })),
    posts: member.posts.map(({ communityName, role, buildings }) => ({ communityName, role, buildings })),
    applications: own.map((application) => {
      const { label: houseLabel, name } = shownToApplicant(application)
      const { relation, note, status, reason, submittedAt, decidedAt } = application
      return { houseLabel, relation, name, note, status, reason, submittedAt, decidedAt }
    }),
    audits: about.map(({ action, at, before, after }) => ({ action, at, before, after })),
  }
}

const lookActions = ['members.revealPhone', 'repairs.revealContact', 'houses.revealRosterPhone', 'insights.residentProfile']

/** A belonging that ended long ago, with the row on file it came from: its number must not open the door again. */
const forgetEnded = (memberId: string, before: string): Promise<void> => inTransaction(async (transaction) => {
  const member = await transaction.get(members, memberId)
  if (!member) return
  const ended = member.houses.filter(({ endsOn }) => endsOn !== null && endsOn < before)
  for (const { rosterId } of ended) if (rosterId !== null) await transaction.remove(roster, rosterId)
  await transaction.replace(members, { ...touch(member), houses: member.houses.filter((house) => !ended.includes(house)) })
})

/** Forgets what has been kept for as long as the company says, and what has expired by itself. */
const retain: JobRunner = async (_job, now) => {
  const kept = await readRetention()
  await forgetExpired(now)
  await forgetDecided(after(now, -days(kept.decidedApplication)))
  await forgetLooks(lookActions, after(now, -days(kept.reveal)))
  const before = shanghaiDay(after(now, -days(kept.endedResidency)))
  const ended = await endedBefore(before, atOnce)
  for (const { _id } of ended) await forgetEnded(_id, before)
  return ended.length < atOnce ? 'done' : now
}

const order: Walked[] = ['members', 'roster', 'applications', 'invitations']
type Walk = { stage: number; cursor: string | null; seenCount: number }

/** What documents name, and what is wrong with them once it is known what there is of that. */
const looks: Record<Walked, { named(document: never): Partial<Parameters<typeof findNamed>[0]>; faults(document: never, known: Known): Finding[] }> = {
  members: {
    named: ({ houses, posts }: Member) => ({
      houses: houses.map(({ houseId }) => houseId), rows: houses.flatMap(({ rosterId }) => rosterId ?? []), communities: posts.map(({ communityId }) => communityId),
    }),
    faults: faultsOfMember,
  },
  roster: { named: ({ houseId }: { houseId: string }) => ({ houses: [houseId] }), faults: faultsOfRow },
  applications: { named: ({ houseId, memberId }: Application) => ({ houses: [houseId], members: [memberId] }), faults: faultsOfApplication },
  invitations: {
    named: ({ houseId, communityId, invitedById }: Invitation) => ({ houses: houseId === null ? [] : [houseId], communities: [communityId], members: [invitedById] }),
    faults: faultsOfInvitation,
  },
}

/** Proves, a hundred documents at a time, that nobody belongs to what is not there; goes on from where it stopped. */
const check: JobRunner = async (job, now) => {
  const { stage, cursor, seenCount } = job.payload as Walk
  const name = order[stage]
  if (!name) {
    await conclude(checkKind, job._id, seenCount, now)
    return 'done'
  }
  const page = await walk(name, cursor ?? undefined, atOnce)
  const documents = page.documents as never[]
  const named = documents.map((document) => looks[name].named(document))
  const all = (what: 'houses' | 'communities' | 'rows' | 'members') => named.flatMap((one) => one[what] ?? [])
  const known = await findNamed({ houses: all('houses'), communities: all('communities'), rows: all('rows'), members: all('members') })
  await report(checkKind, job._id, documents.flatMap((document) => looks[name].faults(document, known)), now)
  const next: Walk = { stage: page.nextCursor === null ? stage + 1 : stage, cursor: page.nextCursor, seenCount: seenCount + documents.length }
  await jobs.update({ _id: job._id }, { payload: command.set(next) })
  return now
}

export const retentionKind = 'members_retention'
export const checkKind = 'members_check'
export const memberJobs: JobRunners = { [retentionKind]: retain, [checkKind]: check }

/** What this feature does once a night. */
export const nightly: { kind: string; payload: Record<string, unknown> }[] = [
  { kind: retentionKind, payload: {} },
  { kind: checkKind, payload: { stage: 0, cursor: null, seenCount: 0 } satisfies Walk },
]
