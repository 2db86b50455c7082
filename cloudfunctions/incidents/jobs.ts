import { after, minutes } from '../_shared/clock'
import { checkContent } from '../_shared/content-settling'
import { departedStaff, type DescribeMember, type EraseMember } from '../_shared/departing'
import { jobs, type JobRunner, type JobRunners } from '../_shared/jobs'
import { logLine } from '../_shared/log'
import type { Notice } from '../_shared/notice'
import { buildingsOf, housesOf } from '../houses/repository'
import { wordsOf } from './incident'
import { houseNotice, updateNotices } from './incident-notices'
import { announcedBy, incidents } from './repository'
import { incidentJudges, incidentSubject } from './settle'

/** `openid`: whose words are to be checked first; absent where none are new. `toFollowers`: news for those who follow, not for all affected. */
export type TellingDuty = { incidentId: string; version: number; openid?: string; toFollowers?: boolean }
export const tellingKind = 'incident_telling'
const wordsKind = 'incident_words'

const housesAtOnce = 50

const oweRows = async (fact: string, notices: Notice[], now: Date): Promise<void> => {
  if (notices.length === 0) return
  await jobs.insert({ _id: `notices_${fact}`, schema: 1, kind: 'notices', dueAt: now, attempts: 0, payload: { notices } })
}

const checkWords = async ({ incidentId, openid }: TellingDuty, now: Date): Promise<void> => {
  const incident = await incidents.get(incidentId)
  if (incident?.textCheck !== 'pending' || openid === undefined) return
  await checkContent({ subject: { kind: incidentSubject, id: incidentId }, words: wordsOf(incident), fileIds: [], openid, since: incident.updatedAt }, incidentJudges, now)
}

const checkAgain: JobRunner = async (job, now) => {
  await checkWords(job.payload as TellingDuty, now)
  return 'done'
}

const retryMs = minutes(3)

/** The check has one chance before people are told: whose lift stands still does not wait for it, and is told in words of ours. */
const tryWords = async (duty: TellingDuty, now: Date): Promise<void> => {
  try {
    await checkWords(duty, now)
  } catch (error) {
    logLine({ event: 'incident_words_held', incident: duty.incidentId, error: error instanceof Error ? error.message : JSON.stringify(error) })
    await jobs.insert({ _id: `${wordsKind}_${duty.incidentId}_${duty.version}`, schema: 1, kind: wordsKind, dueAt: after(now, retryMs), attempts: 0, payload: duty })
  }
}

/** Owes a notice to every household an incident affects, fifty at a time. Done again, it owes the same ones, which are told once. */
const tell: JobRunner = async (job, now) => {
  const duty = job.payload as TellingDuty
  await tryWords(duty, now)
  const { incidentId, version } = duty
  const incident = await incidents.get(incidentId)
  if (duty.toFollowers) {
    // What is newer is told by a job of its own.
    if (incident?.version === version) await oweRows(`${incidentId}_${version}`, updateNotices(incident), now)
    return 'done'
  }
  // What was announced and is over before anybody was told is told once: that it is over.
  if (!incident || (incident.endedAt !== null && incident.version !== version)) return 'done'
  const buildings = incident.buildings ?? (await buildingsOf(incident.communityId)).map(({ name }) => name)
  for (const building of buildings) {
    let cursor: string | undefined
    for (let page = 0; page === 0 || cursor !== undefined; page += 1) {
      const { documents, nextCursor } = await housesOf(incident.communityId, building, cursor, housesAtOnce)
      await oweRows(`${incidentId}_${version}_${building}_${page}`, documents.map(({ _id }) => houseNotice(incident, _id)), now)
      cursor = nextCursor ?? undefined
    }
  }
  return 'done'
}

export const incidentJobs: JobRunners = { [tellingKind]: tell, [wordsKind]: checkAgain }

export const eraseMember: EraseMember = async ({ memberId }) => {
  await incidents.update({ 'createdBy.memberId': memberId }, { createdBy: { memberId: 'departed', name: departedStaff } })
  await incidents.update({ 'writtenBy.memberId': memberId }, { 'writtenBy.memberId': 'departed' })
  return true
}

export const describeMember: DescribeMember = async (memberId) => ({
  incidents: (await announcedBy(memberId)).map(({ title, startsAt, endedAt }) => ({ title, startsAt, endedAt })),
})
