import type { Output } from '../../cloudfunctions/_shared/contract'
import type { InsightsContract } from '../../cloudfunctions/insights/contract'
import { cloudFunction } from './cloud'

const insights = cloudFunction<InsightsContract>('insights')

export type ResidentProfile = Output<InsightsContract, 'residentProfile'>

export const getResidentProfile = (houseId: string) => insights('residentProfile', { houseId })
