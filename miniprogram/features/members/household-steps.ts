import type { ResidentScope } from '../../../cloudfunctions/members/contract'
import { addPerson, changePerson, ensureSession, getHousehold, leaveHouse, refreshSession } from '../../services/members'
import { ask } from '../../support/ask'
import { houses, selectedHouse } from '../../support/session'
import type { PersonForm } from './household-view'

/** The house asked for, or the one looked at last, and, for its owner, the people in it. */
export const openHousehold = async (houseId: string) => {
  await ensureSession()
  const house = houses().find((each) => each.houseId === houseId) ?? selectedHouse()
  return { house, household: house?.relation === 'owner' ? await getHousehold(house.houseId) : null }
}

/** Answers what to say once it is saved. */
export const savePerson = async (houseId: string, form: PersonForm, requestId: string): Promise<string> => {
  const { memberId, name, phone, relation } = form
  const terms = { requestId, houseId, scopes: form.scopes as ResidentScope[], endsOn: form.endsOn || null }
  if (memberId) {
    await changePerson({ memberId, ...terms })
    return '已保存'
  }
  const { outcome } = await addPerson({ name, phone, relation, ...terms })
  return outcome === 'invited' ? `请${name}用这个手机号打开邻里，就能加入` : `${name}已经能看到这套房屋`
}

export const isSureToRemove = (name: string) => ask({ title: `让${name}不再属于这套房屋？`, content: '马上就看不到这套房屋的任何内容了。', confirm: '移除' })
export const isSureToUninvite = () => ask({ title: '撤回这个邀请？', content: '对方再用这个号码打开邻里，就不会加入这套房屋。', confirm: '撤回' })
export const isSureToLeave = (label: string) => {
  const content = '解绑后马上看不到这套房屋的账单、报修和消息；已开的收据仍归您。以后要用需重新绑定。'
  return ask({ title: `解绑${label}？`, content, confirm: '解绑', cancel: '不解绑' })
}

/** The house is left even where the session cannot be asked anew. */
export const leave = async (houseId: string, requestId: string): Promise<true> => {
  await leaveHouse({ requestId, houseId })
  await refreshSession().catch(() => undefined)
  return true
}
