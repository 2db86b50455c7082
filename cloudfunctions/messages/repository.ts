import { inbox } from '../_shared/inbox'
import { jobs, type Job } from '../_shared/jobs'
import { members } from '../_shared/member'
import { command } from '../_shared/platform'
import { robotKind } from '../_shared/robot'

export const listOf = (memberId: string, cursor: string | undefined, limit: number) =>
  inbox.page({ memberId }, { by: 'orderKey', direction: 'desc', cursor, limit })

/** How many rows changed: none when it is read already, or is somebody else's. */
export const markRead = (memberId: string, messageId: string): Promise<number> =>
  inbox.update({ _id: messageId, memberId, isRead: false }, { isRead: true })

export const markAllRead = (memberId: string): Promise<number> => inbox.update({ memberId, isRead: false }, { isRead: true })

/** One accept is one message; unused accepts add up. */
export const addQuotas = (memberId: string, templateIds: string[]): Promise<number> =>
  members.update({ _id: memberId }, Object.fromEntries(templateIds.map((templateId) => [`quotas.${templateId}`, command.inc(1)])))

export const dueMessages = (jobIds: string[], now: Date): Promise<Job[]> =>
  jobs.find({ _id: command.in(jobIds), kind: command.in(['notices', robotKind]), dueAt: command.lte(now) })
