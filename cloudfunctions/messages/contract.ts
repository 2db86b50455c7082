import * as z from 'zod'
import { cursor, id, instant } from '../_shared/contract'

/** Longer than other ids: it is made of the fact's, which names an order, and of the member's. */
const messageId = z.string().regex(/^[A-Za-z0-9_-]{1,160}$/, '编号不正确')

export const inboxMessage = z.object({
  messageId,
  title: z.string(),
  body: z.string(),
  /** A page of ours with its query, or null. */
  page: z.string().nullable(),
  at: instant,
  isRead: z.boolean(),
})

export const contract = {
  list: {
    input: z.strictObject({ cursor: cursor.optional() }),
    output: z.object({
      messages: z.array(inboxMessage),
      nextCursor: cursor.nullable(),
      unreadCount: z.number().int(),
      quotaCount: z.number().int(),
    }),
  },
  read: {
    input: z.strictObject({ messageId }),
    output: z.object({ unreadCount: z.number().int() }),
  },
  readAll: {
    input: z.strictObject({}),
    output: z.object({ unreadCount: z.number().int() }),
  },
  /** What the person answered on WeChat's panel. One accept is one message. */
  recordConsent: {
    input: z.strictObject({
      results: z.record(z.string().max(64), z.enum(['accept', 'reject', 'ban', 'filter', 'acceptWithAudio', 'acceptWithAlert'])),
    }),
    output: z.object({ quotaCount: z.number().int() }),
  },
  /** Sends notices already saved, a moment after the reply that owed them. Harmless to repeat. */
  deliver: {
    input: z.strictObject({ jobIds: z.array(id).min(1).max(5) }),
    output: z.object({ deliveredCount: z.number().int() }),
  },
}
export type MessagesContract = typeof contract
export type InboxMessage = z.output<typeof inboxMessage>
