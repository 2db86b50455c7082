import { collection, type Stored } from './db'

/** What became of the subscription message that goes with an inbox row. `trying` for ever means a crash in the middle: never sent twice. */
export type PushState = 'owed' | 'trying' | 'sent' | 'no_quota' | 'failed' | 'no_template'

export type InboxRow = Stored & {
  memberId: string
  kind: string
  title: string
  body: string
  page: string | null
  createdAt: Date
  /** createdAt and _id in one string: unique, and in the order the inbox is read. */
  orderKey: string
  isRead: boolean
  push: PushState
}

export const inbox = collection<InboxRow>('inbox')

export const countUnread = (memberId: string): Promise<number> => inbox.count({ memberId, isRead: false })
