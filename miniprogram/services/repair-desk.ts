import type { Input, Output } from '../../cloudfunctions/_shared/contract'
import type { HousesContract } from '../../cloudfunctions/houses/contract'
import type { RepairDeskContract } from '../../cloudfunctions/repair-desk/contract'
import { cloudFunction } from './cloud'

const desk = cloudFunction<RepairDeskContract>('repair-desk')
const houses = cloudFunction<HousesContract>('houses')

export type Board = Output<RepairDeskContract, 'board'>
export type BoardFilter = Omit<Input<RepairDeskContract, 'list'>, 'cursor'>
export type FoundHouse = Pick<Output<HousesContract, 'search'>['houses'][number], 'houseId' | 'label' | 'building'>

export const openBoard = () => desk('board', {})
export const listOnBoard = (filter: BoardFilter, cursor?: string) => desk('list', cursor ? { ...filter, cursor } : filter)
export const searchRepairs = (text: string, cursor?: string) => desk('search', cursor ? { text, cursor } : { text })
/** Houses by what a caller says: 3-2-501, 3号楼501 … */
export const findHouses = (text: string) => houses('search', { text })
export const listRevisits = (state: 'open' | 'done', cursor?: string) => desk('revisits', cursor ? { state, cursor } : { state })
export const recordRevisit = (result: Input<RepairDeskContract, 'recordRevisit'>) => desk('recordRevisit', result)
export const listContentReviews = (cursor?: string) => desk('contentReviews', cursor ? { cursor } : {})
export const decideContent = (decision: Input<RepairDeskContract, 'decideContent'>) => desk('decideContent', decision)
export const listShifts = () => desk('shifts', {})
export const saveShift = (shift: Input<RepairDeskContract, 'saveShift'>) => desk('saveShift', shift)
export const removeShift = (shiftId: string) => desk('removeShift', { shiftId })
