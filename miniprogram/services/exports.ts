import type { ExportsContract } from '../../cloudfunctions/exports/contract'
import { cloudFunction } from './cloud'

const exportSheet = cloudFunction<ExportsContract>('exports')

export const exportHouses = (building?: string) => exportSheet('houses', building ? { building } : {})
export const exportResidents = (building?: string) => exportSheet('residents', building ? { building } : {})
/** With whole numbers. */
export const exportPhones = (reason: string) => exportSheet('residents', { showsPhones: true, reason })
export const exportStaff = () => exportSheet('staff', {})
