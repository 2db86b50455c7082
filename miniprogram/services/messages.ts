import type { MessagesContract } from '../../cloudfunctions/messages/contract'
import { askConsent } from '../support/consent'
import { quotaCount, templateIds, unreadCount } from '../support/session'
import { cloudFunction } from './cloud'

const messages = cloudFunction<MessagesContract>('messages')

export const listMessages = async (cursor?: string) => {
  const page = await messages('list', cursor ? { cursor } : {})
  unreadCount.set(page.unreadCount)
  quotaCount.set(page.quotaCount)
  return page
}

export const readMessage = async (messageId: string): Promise<void> => {
  unreadCount.set((await messages('read', { messageId })).unreadCount)
}

export const readAllMessages = async (): Promise<void> => {
  unreadCount.set((await messages('readAll', {})).unreadCount)
}

/**
 * Offers subscription messages, the session's or those of `offered`; first thing in a tap handler (see askConsent). Answers how many messages
 * were newly allowed.
 * Best effort: what the person came for goes on, whatever they answer here and whether or not it could be recorded.
 */
export const offerMessages = async (offered = templateIds()): Promise<number> => {
  const results = await askConsent(offered)
  if (Object.keys(results).length === 0) return 0
  try {
    quotaCount.set((await messages('recordConsent', { results })).quotaCount)
  } catch {
    return 0
  }
  return Object.values(results).filter((answer) => answer.startsWith('accept')).length
}
