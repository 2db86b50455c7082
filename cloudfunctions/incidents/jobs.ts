import { departedStaff, type DescribeMember, type EraseMember } from '../_shared/departing'
import { jobs, type JobRunner, type JobRunners } from '../_shared/jobs'
import { buildingsOf, housesOf } from '../houses/repository'
import type { Incident } from './incident'
import { houseNotice } from './incident-notices'
import { announcedBy, incidents } from './repository'

export type TellingDuty = { incidentId: string; version: number }
export const tellingKind = 'incident_telling'

const housesAtOnce = 50

const owePage = async (incident: Incident, fact: string, houseIds: string[], now: Date): Promise<void> => {
  if (houseIds.length === 0) return
  const notices = houseIds.map((houseId) => houseNotice(incident, houseId))
  await jobs.insert({ _id: `notices_${fact}`, schema: 1, kind: 'notices', dueAt: now, attempts: 0, payload: { notices } })
}

/** Owes a notice to every household an incident affects, fifty at a time. Done again, it owes the same ones, which are told once. */
const tellAffected: JobRunner = async (job, now) => {
  const { incidentId, version } = job.payload as TellingDuty
  const incident = await incidents.get(incidentId)
  // What was announced and is over before anybody was told is told once: that it is over.
  if (!incident || (incident.endedAt !== null && incident.version !== version)) return 'done'
  const buildings = incident.buildings ?? (await buildingsOf(incident.communityId)).map(({ name }) => name)
  for (const building of buildings) {
    let cursor: string | undefined
    for (let page = 0; page === 0 || cursor !== undefined; page += 1) {
      const { documents, nextCursor } = await housesOf(incident.communityId, building, cursor, housesAtOnce)
      await owePage(incident, `${incidentId}_${version}_${building}_${page}`, documents.map(({ _id }) => _id), now)
      cursor = nextCursor ?? undefined
    }
  }
  return 'done'
}

export const incidentJobs: JobRunners = { [tellingKind]: tellAffected }

export const eraseMember: EraseMember = async ({ memberId }) => {
  await incidents.update({ 'createdBy.memberId': memberId }, { createdBy: { memberId: 'departed', name: departedStaff } })
  return true
}

export const describeMember: DescribeMember = async (memberId) => ({
  incidents: (await announcedBy(memberId)).map(({ title, startsAt, endedAt }) => ({ title, startsAt, endedAt })),
})
