import type { Input, Output } from '../../_shared/contract'
import { inTransaction } from '../../_shared/db'
import { conflict, invalid, notFound } from '../../_shared/errors'
import { covers } from '../../_shared/member'
import { owe } from '../../_shared/outbox'
import { command } from '../../_shared/platform'
import type { Situation } from '../../_shared/serve'
import { limits, type HousesContract } from '../contract'
import { newBuilding, requireVersion, requireWholePost } from '../house'
import { parseBuildingName, parseEntrance } from '../house-name'
import { renameKind, type Renaming } from '../jobs'
import * as repository from '../repository'

type In<A extends keyof HousesContract> = Required<Input<HousesContract, A>>
type Out<A extends keyof HousesContract> = Output<HousesContract, A>

const entrancesOf = (written: string[]): string[] => {
  const entrances = written.map(parseEntrance)
  if (!entrances.every((entrance): entrance is string => !!entrance)) throw invalid({ entrances: '单元只写编号，如 2' })
  if (new Set(entrances).size < entrances.length) throw invalid({ entrances: '同一个单元只写一次' })
  return entrances
}

export const listBuildings = async (_: object, { caller }: Situation): Promise<Out<'listBuildings'>> => {
  const post = caller.post!
  const [buildings, counts] = await Promise.all([repository.buildingsOf(post.communityId), repository.countHouses(post.communityId)])
  return {
    buildings: buildings.filter(({ communityId, name }) => covers(post, { communityId, building: name }))
      .map(({ name, label, entrances, version }) => ({ building: name, label, entrances, version, houseCount: counts.get(name) ?? 0 })),
  }
}

export const createBuilding = async (input: In<'createBuilding'>, { caller }: Situation): Promise<Out<'createBuilding'>> => {
  const { communityId } = requireWholePost(caller)
  const name = parseBuildingName(input.building)
  if (name === null) throw invalid({ building: '楼栋只写编号，如 3、A、1期3' })
  if ((await repository.buildings.count({ communityId })) >= limits.buildingCount) throw conflict('TOO_MANY_BUILDINGS', `一个小区最多 ${limits.buildingCount} 栋楼`)
  const isNew = await repository.buildings.insert(newBuilding(communityId, { name, label: input.label, entrances: entrancesOf(input.entrances) }))
  if (!isNew) throw conflict('BUILDING_EXISTS', '已经有这栋楼了，请在列表里查看')
  return { building: name }
}

export const updateBuilding = async (input: In<'updateBuilding'>, { caller, now }: Situation): Promise<Out<'updateBuilding'>> => {
  const { communityId } = requireWholePost(caller)
  const entrances = entrancesOf(input.entrances)
  const known = await repository.buildingNamed(communityId, input.building)
  if (!known) throw notFound('栋楼')
  const gone = known.entrances.filter((entrance) => !entrances.includes(entrance))
  const where = { communityId, building: known.name, entrance: command.in(gone) }
  if (gone.length > 0 && (await repository.houses.count(where)) > 0) throw conflict('ENTRANCE_IN_USE', '要去掉的单元里还有房屋，请先改这些房屋')
  return inTransaction(async (transaction) => {
    const before = await transaction.get(repository.buildings, known._id)
    if (!before) throw notFound('栋楼')
    requireVersion(before, input.version)
    const after = { ...before, label: input.label, entrances, version: before.version + 1 }
    await transaction.replace(repository.buildings, after)
    if (after.label !== before.label) {
      const payload: Renaming = { communityId, building: before.name, houseId: null }
      await owe(transaction, { _id: `rename_${before._id}_${after.version}`, kind: renameKind, payload }, now)
    }
    return { version: after.version }
  })
}
