import { auditIn } from '../../_shared/audit'
import { memberOf, type Caller } from '../../_shared/caller'
import type { Input, Output } from '../../_shared/contract'
import { AlreadyExists, inTransaction, type Transaction } from '../../_shared/db'
import { conflict, invalid, notFound } from '../../_shared/errors'
import { covers } from '../../_shared/member'
import { owe } from '../../_shared/outbox'
import type { Situation } from '../../_shared/serve'
import { limits, type HouseCard, type HousesContract } from '../contract'
import { changeHouse, newHouse, otherHouseId, requireVersion, type Building, type House } from '../house'
import { parseEntrance, parseHouseName, parseRoomNo } from '../house-name'
import { renameKind, type Renaming } from '../jobs'
import * as repository from '../repository'

type In<A extends keyof HousesContract> = Required<Input<HousesContract, A>>
type Out<A extends keyof HousesContract> = Output<HousesContract, A>

const cardOf = ({ _id, building, entrance, roomNo, label, areaSqm, version }: House): HouseCard =>
  ({ houseId: _id, building, entrance, roomNo, label, areaSqm, version })

/** Another community's house, and one in a building that is not this post's, do not exist for the caller. */
export const requireCovered = (house: House | null, caller: Caller): House => {
  if (!house || !covers(caller.post!, house)) throw notFound('套房屋')
  return house
}

const loadBuilding = async (name: string, caller: Caller): Promise<Building> => {
  const post = caller.post!
  const building = covers(post, { communityId: post.communityId, building: name }) ? await repository.buildingNamed(post.communityId, name) : null
  if (!building) throw notFound('栋楼')
  return building
}

/** The room as it is kept, however it was typed. */
const roomIn = (building: Building, written: { entrance: string; roomNo: string; areaSqm: number | null }) => {
  const [entrance, roomNo] = [parseEntrance(written.entrance), parseRoomNo(written.roomNo)]
  if (roomNo === null) throw invalid({ roomNo: '房号只写编号，如 501' })
  if (entrance === null) throw invalid({ entrance: '单元只写编号，如 2' })
  if (entrance === '' && building.entrances.length > 0) throw invalid({ entrance: `请选择${building.label}的单元` })
  if (entrance !== '' && !building.entrances.includes(entrance)) throw invalid({ entrance: `${building.label}没有这个单元，请先在楼栋里添加` })
  return { entrance, roomNo, areaSqm: written.areaSqm }
}

const taken = (label: string) => conflict('HOUSE_EXISTS', `已经有${label}了，请在列表里查看`)
const areaOf = ({ label, areaSqm }: House) => ({ label, areaSqm })

export const list = async ({ building, cursor }: Input<HousesContract, 'list'>, { caller }: Situation): Promise<Out<'list'>> => {
  const post = caller.post!
  if (!covers(post, { communityId: post.communityId, building })) throw notFound('栋楼')
  const { documents, nextCursor } = await repository.housesOf(post.communityId, building, cursor, limits.pageSize)
  return { houses: documents.map(cardOf), nextCursor }
}

export const search = async ({ text }: In<'search'>, { caller }: Situation): Promise<Out<'search'>> => {
  const post = caller.post!
  const found = await repository.findHouses(post.communityId, parseHouseName(text), limits.foundCount)
  return { houses: found.filter((house) => covers(post, house)).map(cardOf) }
}

export const get = async ({ houseId }: In<'get'>, { caller }: Situation): Promise<Out<'get'>> => {
  const [house, onFile, residentCount] = await Promise.all([
    repository.houses.get(houseId), repository.rosterOf(houseId), repository.countResidents(houseId),
  ])
  return {
    house: cardOf(requireCovered(house, caller)),
    roster: onFile.map(({ _id, name, relation, maskedPhone, version }) => ({ rosterId: _id, name, relation, maskedPhone, version })),
    residentCount,
    limits: { rosterCount: limits.rosterCount },
  }
}

export const create = async (input: In<'create'>, { caller, now }: Situation): Promise<Out<'create'>> => {
  const building = await loadBuilding(input.building, caller)
  const house = newHouse(building, roomIn(building, input))
  const insert = (each: House) => inTransaction(async (transaction) => {
    await transaction.insert(repository.houses, each)
    await auditIn(transaction, auditOf('create', each, caller, now, { after: areaOf(each) }))
    return { houseId: each._id, label: each.label, version: each.version }
  })
  try {
    return await insert(house)
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error
  }
  const { communityId, building: name, entrance, roomNo } = house
  if (await repository.houses.findOne({ communityId, building: name, entrance, roomNo })) throw taken(house.label)
  // The id of this room belongs to a house that has another number by now.
  return insert({ ...house, _id: otherHouseId(house) })
}

const auditOf = (action: string, house: House, caller: Caller, at: Date, change: { before?: { label: string; areaSqm: number | null }; after?: { label: string; areaSqm: number | null } }) =>
  ({ actorId: memberOf(caller)._id, action: `houses.${action}`, subjectId: house._id, communityId: house.communityId, ...change, at })

const loadIn = async (transaction: Transaction, houseId: string, version: number, caller: Caller): Promise<House> => {
  const house = requireCovered(await transaction.get(repository.houses, houseId), caller)
  requireVersion(house, version)
  return house
}

export const update = async (input: In<'update'>, { caller, now }: Situation): Promise<Out<'update'>> => {
  const known = requireCovered(await repository.houses.get(input.houseId), caller)
  const building = await loadBuilding(known.building, caller)
  const fields = roomIn(building, input)
  try {
    return await inTransaction(async (transaction) => {
      const before = await loadIn(transaction, input.houseId, input.version, caller)
      const after = changeHouse(before, building, fields)
      await transaction.replace(repository.houses, after)
      if (after.label !== before.label) {
        const payload: Renaming = { communityId: after.communityId, building: after.building, houseId: after._id }
        await owe(transaction, { _id: `rename_${after._id}_${after.version}`, kind: renameKind, payload }, now)
      }
      await auditIn(transaction, auditOf('update', after, caller, now, { before: areaOf(before), after: areaOf(after) }))
      return { houseId: after._id, label: after.label, version: after.version }
    })
  } catch (error) {
    throw error instanceof AlreadyExists ? taken(changeHouse(known, building, fields).label) : error
  }
}

export const remove = ({ houseId, version }: In<'remove'>, { caller, now }: Situation): Promise<Out<'remove'>> =>
  inTransaction(async (transaction) => {
    const house = await loadIn(transaction, houseId, version, caller)
    // Looked at after the transaction began: whoever comes in now has to hold the house, and one of the two gives way.
    const [residentCount, onFile, awaitedCount] = await Promise.all([repository.countResidents(houseId), repository.rosterOf(houseId), repository.countAwaited(houseId)])
    if (residentCount > 0) throw conflict('HOUSE_HAS_RESIDENTS', '还有住户绑定着这套房屋，请先为他们办理退房')
    if (onFile.length > 0) throw conflict('HOUSE_HAS_ROSTER', '这套房屋还登记着业主或租户，请先删除这些登记')
    if (awaitedCount > 0) throw conflict('HOUSE_IS_AWAITED', '还有人在申请或被邀请加入这套房屋，请先处理')
    await transaction.remove(repository.houses, houseId)
    await auditIn(transaction, auditOf('remove', house, caller, now, { before: areaOf(house) }))
    return { houseId }
  })
