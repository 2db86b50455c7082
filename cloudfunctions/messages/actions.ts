import { memberOf, type Caller } from '../_shared/caller'
import { readConfiguration } from '../_shared/configuration'
import type { Input, Output } from '../_shared/contract'
import { notFound } from '../_shared/errors'
import { countUnread, inbox, type InboxRow } from '../_shared/inbox'
import { runJob } from '../_shared/jobs'
import { deliverNotices } from '../_shared/notify'
import { deliverRobot } from '../_shared/robot'
import type { Situation } from '../_shared/serve'
import { configurationIdFor, sumQuotas } from '../members/session'
import type { InboxMessage, MessagesContract } from './contract'
import * as repository from './repository'

type In<A extends keyof MessagesContract> = Input<MessagesContract, A>
type Out<A extends keyof MessagesContract> = Output<MessagesContract, A>

const pageSize = 20

const messageOf = ({ _id, title, body, page, createdAt, isRead }: InboxRow): InboxMessage =>
  ({ messageId: _id, title, body, page, at: createdAt.toISOString(), isRead })

const quotasOf = (caller: Caller) => caller.member?.quotas ?? {}

export const list = async ({ cursor }: In<'list'>, { caller }: Situation): Promise<Out<'list'>> => {
  if (!caller.member) return { messages: [], nextCursor: null, unreadCount: 0, quotaCount: 0 }
  const { _id } = caller.member
  const [page, unreadCount] = await Promise.all([repository.listOf(_id, cursor, pageSize), countUnread(_id)])
  return { messages: page.documents.map(messageOf), nextCursor: page.nextCursor, unreadCount, quotaCount: sumQuotas(quotasOf(caller)) }
}

export const read = async ({ messageId }: In<'read'>, { caller }: Situation): Promise<Out<'read'>> => {
  const { _id } = memberOf(caller)
  if ((await repository.markRead(_id, messageId)) === 0) {
    const row = await inbox.get(messageId)
    if (row?.memberId !== _id) throw notFound('条消息')
  }
  return { unreadCount: await countUnread(_id) }
}

export const readAll = async (_: object, { caller }: Situation): Promise<Out<'readAll'>> => {
  await repository.markAllRead(memberOf(caller)._id)
  return { unreadCount: 0 }
}

export const recordConsent = async ({ results }: In<'recordConsent'>, { caller }: Situation): Promise<Out<'recordConsent'>> => {
  const member = memberOf(caller)
  const { templates } = await readConfiguration(configurationIdFor(caller))
  const known = new Set(Object.values(templates).map(({ templateId }) => templateId))
  const accepted = Object.entries(results).filter(([id, answer]) => known.has(id) && answer.startsWith('accept')).map(([id]) => id)
  if (accepted.length > 0) await repository.addQuotas(member._id, accepted)
  return { quotaCount: sumQuotas(quotasOf(caller)) + accepted.length }
}

export const deliver = async ({ jobIds }: In<'deliver'>, { now }: Situation): Promise<Out<'deliver'>> => {
  let deliveredCount = 0
  for (const job of await repository.dueMessages(jobIds, now)) {
    if (await runJob(job, { notices: deliverNotices, robot: deliverRobot }, now)) deliveredCount += 1
  }
  return { deliveredCount }
}
