import type { HouseChoice } from '../../../cloudfunctions/houses/contract'
import type { Relation } from '../../../cloudfunctions/members/contract'
import { clearDraft, readDraft, saveDraft } from '../../support/drafts'
import { createRequestId } from '../../support/request-id'

/** The request id belongs to the draft: however often it is sent, it becomes one application. */
export type ApplyDraft = {
  requestId: string
  communityId: string
  text: string
  house: HouseChoice | null
  relation: Relation | ''
  name: string
  phone: string
  note: string
}

const name = 'apply'
const empty = { communityId: '', text: '', house: null, relation: '' as const, name: '', phone: '', note: '' }

export const openDraft = (): ApplyDraft => readDraft<ApplyDraft>(name) ?? { requestId: createRequestId(), ...empty }
export const keepDraft = (draft: ApplyDraft): void => saveDraft(name, draft)
export const dropDraft = (): void => clearDraft(name)

/** What is plainly missing before anything is sent; the server judges the rest. */
export const missingIn = (draft: ApplyDraft): Record<string, string> => ({
  ...(draft.house ? {} : { houseId: '请输入房号，再从下面点选您的房屋' }),
  ...(draft.relation ? {} : { relation: '请选一下您是这套房屋的什么人' }),
  ...(draft.name.trim() ? {} : { name: '请填写姓名' }),
})
