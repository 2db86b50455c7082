import type { RepairMessage } from '../../../cloudfunctions/repairs/contract'
import { ServiceError } from '../../services/cloud'
import { uploadPhotos } from '../../services/photos'
import type { Talk } from '../../services/repairs'
import { sendTalk } from '../../services/repairs'
import { sayDay } from '../../support/dates'
import { dropPhotos, type Photo } from '../../support/photos'
import { masterName } from '../../support/repair-words'

export type TalkRow = { key: string; isMine: boolean; who: string; at: string; text: string; photos: NonNullable<RepairMessage['photo']>[]; state: string }

const roleWords: Record<string, string> = { resident: '住户', manager: '物业管理员', clerk: '物业客服' }

const whoOf = ({ byRole, byName }: RepairMessage): string => (byRole === 'technician' ? masterName(byName) : `${roleWords[byRole] ?? '物业'} ${byName}`)

/** The talk as it is read, oldest first, and whether more can be said. */
export const viewTalk = ({ messages, canWrite, closesAt }: Talk, now: number) => ({
  rows: [...messages].reverse().map((message): TalkRow => ({
    key: message.messageId,
    isMine: message.isMine,
    who: whoOf(message),
    at: message.at,
    text: message.isHidden ? '这条消息没有通过审核，看不到' : message.text,
    photos: message.photo ? [message.photo] : [],
    state: !message.isMine ? '' : message.isRead ? '已读' : '未读',
  })),
  canWrite,
  closed: canWrite ? (closesAt ? `对话到 ${sayDay(closesAt, now)} 结束` : '') : '完工 7 天后对话结束，只能回看。还有问题请重新报修或联系物业。',
})

type Words = { repairId: string; requestId: string; text: string; photos: Photo[]; uploadPrefix: string }

/** Sends words, a photo, or both; however often, it is said once. Throws when the photo did not arrive. */
export const sendWords = async ({ repairId, requestId, text, photos, uploadPrefix }: Words): Promise<void> => {
  const uploaded = await uploadPhotos(photos, uploadPrefix, () => undefined)
  if (uploaded.some(({ state }) => state === 'failed')) throw new ServiceError({ code: 'UNAVAILABLE', message: '照片没传上去，请检查网络后再发一次' })
  await sendTalk({ repairId, requestId, text, photo: uploaded[0]?.fileId ?? null })
  dropPhotos(uploaded)
}
