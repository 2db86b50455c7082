import { auditIn, writeAudit, type Masked } from '../../_shared/audit'
import { memberOf, type Caller } from '../../_shared/caller'
import type { Input, Output } from '../../_shared/contract'
import { AlreadyExists, inTransaction, type Transaction } from '../../_shared/db'
import { conflict, notFound } from '../../_shared/errors'
import { covers } from '../../_shared/member'
import type { Situation } from '../../_shared/serve'
import { openVault } from '../../_shared/vault'
import { limits, type HousesContract } from '../contract'
import { maskedRoster, newRoster, phoneOf, requireVersion, sealPhone, type Roster } from '../house'
import * as repository from '../repository'
import { requireCovered } from './houses'

type In<A extends keyof HousesContract> = Input<HousesContract, A>
type Out<A extends keyof HousesContract> = Output<HousesContract, A>

const twice = () => conflict('PHONE_ON_FILE', '这套房屋已经登记过这个手机号')

const auditOf = (action: string, row: Roster, caller: Caller, at: Date, change: { before?: Masked; after?: Masked }) =>
  ({ actorId: memberOf(caller)._id, action: `houses.${action}`, subjectId: row.houseId, communityId: row.communityId, ...change, at })

export const addToRoster = async ({ houseId, name, phone, relation }: In<'addToRoster'>, { caller, now }: Situation): Promise<Out<'addToRoster'>> => {
  const [vault, onFile] = await Promise.all([openVault(), repository.rosterOf(houseId)])
  try {
    return await inTransaction(async (transaction) => {
      const house = requireCovered(await repository.holdHouse(transaction, houseId), caller)
      if (onFile.length >= limits.rosterCount) throw conflict('ROSTER_FULL', `一套房屋最多登记 ${limits.rosterCount} 人`)
      const row = newRoster(house, { name, relation }, phoneOf(phone), vault)
      await transaction.insert(repository.roster, row)
      await auditIn(transaction, auditOf('addToRoster', row, caller, now, { after: maskedRoster(row) }))
      return { rosterId: row._id, version: row.version }
    })
  } catch (error) {
    throw error instanceof AlreadyExists ? twice() : error
  }
}

const loadIn = async (transaction: Transaction, rosterId: string, caller: Caller): Promise<Roster> => {
  const row = await transaction.get(repository.roster, rosterId)
  if (!row || !covers(caller.post!, row)) throw notFound('条登记')
  return row
}

export const updateRoster = async ({ rosterId, version, name, phone, relation }: In<'updateRoster'>, { caller, now }: Situation): Promise<Out<'updateRoster'>> => {
  const vault = await openVault()
  try {
    return await inTransaction(async (transaction) => {
      const before = await loadIn(transaction, rosterId, caller)
      requireVersion(before, version)
      const number = phone === undefined ? {} : sealPhone(phoneOf(phone), vault)
      const after = { ...before, name, relation, ...number, version: version + 1 }
      await transaction.replace(repository.roster, after)
      await auditIn(transaction, auditOf('updateRoster', after, caller, now, { before: maskedRoster(before), after: maskedRoster(after) }))
      return { rosterId, version: after.version }
    })
  } catch (error) {
    throw error instanceof AlreadyExists ? twice() : error
  }
}

export const removeFromRoster = ({ rosterId, version }: In<'removeFromRoster'>, { caller, now }: Situation): Promise<Out<'removeFromRoster'>> =>
  inTransaction(async (transaction) => {
    const row = await loadIn(transaction, rosterId, caller)
    requireVersion(row, version)
    await transaction.remove(repository.roster, rosterId)
    await auditIn(transaction, auditOf('removeFromRoster', row, caller, now, { before: maskedRoster(row) }))
    return { rosterId }
  })

export const revealRosterPhone = async ({ rosterId }: In<'revealRosterPhone'>, { caller, now }: Situation): Promise<Out<'revealRosterPhone'>> => {
  const [row, vault] = await Promise.all([repository.roster.get(rosterId), openVault()])
  if (!row || !covers(caller.post!, row)) throw notFound('条登记')
  // Written before the number is shown: a number that was seen without a trace is what must not happen.
  await writeAudit(auditOf('revealRosterPhone', row, caller, now, {}))
  return { name: row.name, phone: vault.open(row.phone) }
}
