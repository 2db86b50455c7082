import type { Input, Output } from '../../cloudfunctions/_shared/contract'
import type { HousesContract } from '../../cloudfunctions/houses/contract'
import { cloudFunction } from './cloud'

const houses = cloudFunction<HousesContract>('houses')

export type Directory = Output<HousesContract, 'directory'>['communities']
export type BuildingRow = Output<HousesContract, 'listBuildings'>['buildings'][number]
export type OpenedHouse = Output<HousesContract, 'get'>
export type OpenedCommunity = Output<HousesContract, 'getCommunity'>

export const listCommunities = () => houses('directory', {})
export const findHouses = (communityId: string, text: string) => houses('find', { communityId, text })
export const browseBuildings = (communityId: string) => houses('browseBuildings', { communityId })
export const browseHouses = (communityId: string, building: string, cursor?: string) =>
  houses('browseHouses', cursor ? { communityId, building, cursor } : { communityId, building })

export const getCommunity = () => houses('getCommunity', {})
export const createCommunity = (input: Input<HousesContract, 'createCommunity'>) => houses('createCommunity', input)
export const updateCommunity = (input: Input<HousesContract, 'updateCommunity'>) => houses('updateCommunity', input)
export const listBuildings = () => houses('listBuildings', {})
export const createBuilding = (input: Input<HousesContract, 'createBuilding'>) => houses('createBuilding', input)
export const updateBuilding = (input: Input<HousesContract, 'updateBuilding'>) => houses('updateBuilding', input)
export const listHouses = (building: string, cursor?: string) => houses('list', cursor ? { building, cursor } : { building })
export const searchHouses = (text: string) => houses('search', { text })
export const getHouse = (houseId: string) => houses('get', { houseId })
export const createHouse = (input: Input<HousesContract, 'create'>) => houses('create', input)
export const updateHouse = (input: Input<HousesContract, 'update'>) => houses('update', input)
export const removeHouse = (input: Input<HousesContract, 'remove'>) => houses('remove', input)
export const addToRoster = (input: Input<HousesContract, 'addToRoster'>) => houses('addToRoster', input)
export const updateRoster = (input: Input<HousesContract, 'updateRoster'>) => houses('updateRoster', input)
export const removeFromRoster = (input: Input<HousesContract, 'removeFromRoster'>) => houses('removeFromRoster', input)
export const revealRosterPhone = (rosterId: string) => houses('revealRosterPhone', { rosterId })
export const getCommittee = (communityId: string) => houses('committee', { communityId })
export const listCommittee = () => houses('listCommittee', {})
export const createCommitteeMember = (input: Input<HousesContract, 'createCommitteeMember'>) => houses('createCommitteeMember', input)
export const updateCommitteeMember = (input: Input<HousesContract, 'updateCommitteeMember'>) => houses('updateCommitteeMember', input)
export const removeCommitteeMember = (committeeMemberId: string) => houses('removeCommitteeMember', { committeeMemberId })
