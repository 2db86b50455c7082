import type { Input, Output } from '../../_shared/contract'
import { notFound } from '../../_shared/errors'
import { limits, type HouseChoice, type HousesContract } from '../contract'
import type { House } from '../house'
import { parseHouseName } from '../house-name'
import * as repository from '../repository'

type In<A extends keyof HousesContract> = Input<HousesContract, A>
type Out<A extends keyof HousesContract> = Output<HousesContract, A>

const choiceOf = ({ _id, label, building, entrance, roomNo }: House): HouseChoice => ({ houseId: _id, label, building, entrance, roomNo })

export const directory = async (): Promise<Out<'directory'>> => ({
  communities: (await repository.allCommunities()).map(({ _id, name, address, servicePhones }) => ({ communityId: _id, name, address, servicePhones })),
})

/** What was read of a community, if there is one: an unknown id gets no answer that looks like an empty community. */
const inCommunity = async <T>(communityId: string, reading: Promise<T>): Promise<T> => {
  const [community, found] = await Promise.all([repository.communities.get(communityId), reading])
  if (!community) throw notFound('个小区')
  return found
}

export const browseBuildings = async ({ communityId }: In<'browseBuildings'>): Promise<Out<'browseBuildings'>> => {
  const buildings = await inCommunity(communityId, repository.buildingsOf(communityId))
  return { buildings: buildings.map(({ name, label, entrances }) => ({ building: name, label, entrances })) }
}

export const browseHouses = async ({ communityId, building, cursor }: In<'browseHouses'>): Promise<Out<'browseHouses'>> => {
  const { documents, nextCursor } = await inCommunity(communityId, repository.housesOf(communityId, building, cursor, limits.pageSize))
  return { houses: documents.map(choiceOf), nextCursor }
}

export const find = async ({ communityId, text }: In<'find'>): Promise<Out<'find'>> => {
  const found = await inCommunity(communityId, repository.findHouses(communityId, parseHouseName(text), limits.foundCount))
  return { houses: found.map(choiceOf) }
}
