import { memberOf } from '../_shared/caller'
import type { Input, Output } from '../_shared/contract'
import { AlreadyExists, inTransaction } from '../_shared/db'
import { forbidden, notFound } from '../_shared/errors'
import { owe, oweNotices } from '../_shared/outbox'
import type { Situation } from '../_shared/serve'
import { requireOwnFiles, temporaryUrls, uploadPrefix } from '../_shared/storage'
import type { RepairMessage as MessageReply, RepairsContract } from './contract'
import { messageDutyKind, type MessageDuty } from './jobs'
import type { RepairOrder } from './repair'
import { isInside, sideOf } from './repair-access'
import { messageNotice } from './repair-notices'
import { feature, idFor } from './repair-request'
import * as repository from './repository'
import { limits } from './shapes'
import { isHiddenFrom, mayWrite, say, talkClosesAt, type RepairMessage } from './talk'

type In<A extends keyof RepairsContract> = Required<Input<RepairsContract, A>>
type Out<A extends keyof RepairsContract> = Output<RepairsContract, A>

const load = async (repairId: string, { caller }: Situation) => {
  const repair = await repository.repairs.get(repairId)
  if (!repair || !isInside(repair, caller)) throw notFound('张报修单')
  const side = sideOf(repair, caller)
  if (side === null) throw forbidden('接单以后才能和住户对话')
  return { repair, side }
}

const replyOf = (message: RepairMessage, repair: RepairOrder, memberId: string, urls: Map<string, string>): MessageReply => {
  const isHidden = isHiddenFrom(message, memberId)
  const readAt = repair.talk[message.side === 'household' ? 'staff' : 'household'].readAt
  return {
    messageId: message._id, at: message.at.toISOString(), isMine: message.by.memberId === memberId, byName: message.by.name, byRole: message.by.role,
    text: isHidden ? '' : message.text, isHidden,
    photo: isHidden || message.photo === null ? null : { fileId: message.photo.fileId, url: urls.get(message.photo.fileId) ?? null },
    isRead: readAt !== null && readAt >= message.at,
  }
}

export const messages = async ({ repairId, cursor }: Input<RepairsContract, 'messages'>, situation: Situation): Promise<Out<'messages'>> => {
  const { caller, now } = situation
  const [{ repair }, page] = await Promise.all([load(repairId, situation), repository.messagesOf(repairId, cursor, limits.pageSize)])
  const { _id } = memberOf(caller)
  const photos = page.documents.filter((message) => message.photo && message.photo.check !== 'risky').map((message) => message.photo!.fileId)
  const urls = photos.length > 0 ? await temporaryUrls(photos) : new Map<string, string>()
  const canWrite = mayWrite(repair, caller, now)
  return {
    messages: page.documents.map((message) => replyOf(message, repair, _id, urls)), nextCursor: page.nextCursor,
    canWrite, closesAt: talkClosesAt(repair)?.toISOString() ?? null, uploadPrefix: canWrite ? uploadPrefix(feature, caller) : null,
  }
}

export const sendMessage = async ({ repairId, requestId, text, photo }: In<'sendMessage'>, { caller, now }: Situation): Promise<Out<'sendMessage'>> => {
  requireOwnFiles(photo ? [photo] : [], feature, caller)
  const messageId = idFor(caller, requestId)
  try {
    await inTransaction(async (transaction) => {
      const before = await repository.loadIn(transaction, repairId)
      if (!before) throw notFound('张报修单')
      const { message, repair } = say(before, { messageId, text, photo }, caller, now)
      // First, so that a repetition ends here and changes nothing.
      await transaction.insert(repository.messages, message)
      await repository.saveIn(transaction, repair)
      await oweNotices(transaction, `message_${messageId}`, messageNotice(repair, message, now), now)
      const payload: MessageDuty = { messageId, openid: caller.openid, text: message.text, fileIds: photo ? [photo] : [], since: now }
      await owe(transaction, { _id: `check_${messageId}`, kind: messageDutyKind, payload }, now)
    })
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error
  }
  return { messageId }
}

export const readMessages = async ({ repairId }: In<'readMessages'>, situation: Situation): Promise<Out<'readMessages'>> => {
  const { side } = await load(repairId, situation)
  await repository.markRead(repairId, side, situation.now)
  return { hasUnread: false }
}
