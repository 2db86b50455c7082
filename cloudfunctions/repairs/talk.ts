import type { Caller } from '../_shared/caller'
import { after, minutes } from '../_shared/clock'
import type { Stored } from '../_shared/db'
import { maskNumbers } from '../_shared/masking'
import { conflict, forbidden, invalid, notFound } from '../_shared/errors'
import type { Actor, Photo, RepairOrder } from './repair'
import { isInside, roleIn, sideOf } from './repair-access'

/** What household and staff say to each other about an order. */
export type RepairMessage = Stored & {
  repairId: string
  by: Omit<Actor, 'role'> & { role: Exclude<Actor['role'], 'system'> }
  side: 'household' | 'staff'
  /** With numbers masked: they are never stored. */
  text: string
  textCheck: Photo['check']
  photo: Photo | null
  at: Date
  orderKey: string
}

/** After the work is done there is this long to ask about it. */
const staysOpenMs = minutes(7 * 24 * 60)

export const talkClosesAt = ({ status, completedAt, timeline }: Pick<RepairOrder, 'status' | 'completedAt' | 'timeline'>): Date | null => {
  if (status !== 'completed' && status !== 'closed' && status !== 'cancelled') return null
  return after(completedAt ?? timeline.at(-1)!.at, staysOpenMs)
}

export const mayWrite = (repair: RepairOrder, caller: Caller, now: Date): boolean => {
  const closesAt = talkClosesAt(repair)
  return sideOf(repair, caller) !== null && repair.houseId !== null && (closesAt === null || now <= closesAt)
}

/** Digits as a keyboard for Chinese types them hide no number. */
const plainDigits = (text: string): string => text.replace(/[０-９]/g, (digit) => digit.normalize('NFKC'))

export type Said = { messageId: string; text: string; photo: string | null }

/** What somebody says, and the order that remembers when each side last wrote. Throws NOT_FOUND, FORBIDDEN, CONFLICT. */
export const say = (repair: RepairOrder, { messageId, text, photo }: Said, caller: Caller, now: Date): { message: RepairMessage; repair: RepairOrder } => {
  if (!isInside(repair, caller)) throw notFound('张报修单')
  const side = sideOf(repair, caller)
  if (side === null) throw forbidden('接单以后才能和住户对话')
  if (repair.houseId === null) throw conflict('REPAIR_WITHOUT_HOUSEHOLD', '这张报修单没有关联住户，请打电话联系')
  if (!mayWrite(repair, caller, now)) throw conflict('REPAIR_TALK_CLOSED', '完工 7 天后对话已关闭，有新的问题请重新报修')
  if (text === '' && photo === null) throw invalid({ text: '请写一句话，或发一张照片' })
  const { _id: memberId, name } = caller.member!
  return {
    message: {
      _id: messageId, schema: 1, repairId: repair._id, by: { memberId, name, role: roleIn(repair, caller) }, side, text: maskNumbers(plainDigits(text)),
      textCheck: text === '' ? 'passed' : 'pending', photo: photo === null ? null : { fileId: photo, check: 'pending' }, at: now,
      orderKey: `${now.toISOString()}_${messageId}`,
    },
    repair: { ...repair, version: repair.version + 1, people: [...new Set([...repair.people, memberId])], talk: { ...repair.talk, [side]: { wroteAt: now, readAt: now } } },
  }
}

/** What did not pass the content check is shown to nobody but its author. */
export const isHiddenFrom = (message: RepairMessage, memberId: string): boolean =>
  message.by.memberId !== memberId && (message.textCheck === 'risky' || message.photo?.check === 'risky')
