import type { ResidentScope } from '../../../cloudfunctions/members/contract'
import { addPerson, changePerson, ensureSession, getHousehold } from '../../services/members'
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
