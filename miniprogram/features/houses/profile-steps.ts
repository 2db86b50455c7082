import type { Relation } from '../../../cloudfunctions/members/contract'
import { asServiceError } from '../../services/cloud'
import { addToRoster, getHouse, removeFromRoster, removeHouse, revealRosterPhone, updateHouse, updateRoster } from '../../services/houses'
import { getResidentProfile } from '../../services/insights'
import { moveOut, revealPhone, transferHouse } from '../../services/members'
import { houseFields, type HouseForm } from './house-form'

/** What the desk does with a house, one form for each. */
export type ProfileForm = {
  kind: 'reveal' | 'moveOut' | 'transfer' | 'roster' | 'house'
  memberId: string
  rosterId: string
  version: number
  name: string
  phone: string
  relation: Relation
  reason: string
  house: HouseForm | null
}

export const emptyForm = (kind: ProfileForm['kind']): ProfileForm => ({
  kind, memberId: '', rosterId: '', version: 0, name: '', phone: '', relation: 'owner', reason: '', house: null,
})

type Words = { title: string; words: string; submitWord: string; isDanger: boolean }
const words: Record<ProfileForm['kind'], Words> = {
  reveal: { title: '看完整号码', words: '住户在「我的数据」里会看到是谁、什么时候、为什么看的。', submitWord: '看号码', isDanger: false },
  moveOut: { title: '办理退房', words: '这位住户马上看不到这套房屋；欠费仍留在房屋上。', submitWord: '办理退房', isDanger: true },
  transfer: {
    title: '办理过户', words: '这套房屋现在的业主、家人和租客都会马上看不到它；欠费和已收的钱留在房屋上。请先核对不动产证，办了不能撤回。', submitWord: '核对过了，过户', isDanger: true,
  },
  roster: { title: '登记住户', words: '用这个手机号打开邻里的人，会自动绑定这套房屋。', submitWord: '保存', isDanger: false },
  house: { title: '修改房屋', words: '', submitWord: '保存', isDanger: false },
}
export const formWords = (form: ProfileForm | null): Words => words[form?.kind ?? 'house']

const transferReasons = ['不动产证已核对', '买卖合同已核对', '法院文书已核对']
const revealReasons = ['报修联系', '核对登记', '快递或访客联系', '紧急情况']
const moveOutReasons = ['租约到期', '本人申请', '房屋已空']
const reasons: Partial<Record<ProfileForm['kind'], string[]>> = { transfer: transferReasons, reveal: revealReasons, moveOut: moveOutReasons }
export const reasonChoices = (form: ProfileForm | null) => (form ? reasons[form.kind] ?? [] : []).map((reason) => ({ value: reason, word: reason }))

const sendRoster = (houseId: string, { rosterId, version, name, phone, relation }: ProfileForm) =>
  rosterId ? updateRoster({ rosterId, version, name, relation, ...(phone ? { phone } : {}) }) : addToRoster({ houseId, name, phone, relation })

/** What saving a form does; the reply of `reveal` holds the number. */
export const sendForm = async (houseId: string, form: ProfileForm, requestId: string): Promise<{ phone?: string | null }> => {
  const { memberId, reason, name, phone } = form
  switch (form.kind) {
    case 'reveal': return revealPhone({ houseId, memberId, reason })
    case 'moveOut': await moveOut({ requestId, houseId, memberId, reason }); break
    case 'transfer': await transferHouse({ requestId, houseId, name, phone, reason }); break
    case 'roster': await sendRoster(houseId, form); break
    case 'house': await updateHouse({ houseId, version: form.house!.version, ...houseFields(form.house!) })
  }
  return {}
}

export const dropRosterRow = (rosterId: string, version: number) => removeFromRoster({ rosterId, version })
export const lookAtRosterPhone = (rosterId: string) => revealRosterPhone(rosterId)
export const dropHouse = (houseId: string, version: number) => removeHouse({ houseId, version })

/** A part that this role may not see is left out; any other failure is the page's. */
const orHidden = <T>(part: Promise<T>): Promise<T | null> =>
  part.catch((error: unknown) => {
    if (asServiceError(error).code === 'FORBIDDEN') return null
    throw error
  })

export const openProfile = async (houseId: string) => {
  const [profile, register] = await Promise.all([orHidden(getResidentProfile(houseId)), orHidden(getHouse(houseId))])
  return { profile, register }
}
