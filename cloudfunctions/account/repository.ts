import { audits } from '../_shared/audit'
import { jobs, type Job } from '../_shared/jobs'
import { members } from '../_shared/member'
import { command } from '../_shared/platform'

export const looksAt = (memberId: string, cursor: string | undefined, limit: number) =>
  audits.page({ subjectId: memberId }, { by: 'orderKey', direction: 'desc', cursor, limit })

export const namesOf = (memberIds: string[]) => members.find({ _id: command.in(memberIds) }, { limit: 100, fields: ['name', 'posts'] })

export const erasureIdFor = (memberId: string): string => `erase_${memberId}`
export const erasureOf = (memberId: string): Promise<Job | null> => jobs.get(erasureIdFor(memberId))
