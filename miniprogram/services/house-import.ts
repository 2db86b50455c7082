import type { Input, Output } from '../../cloudfunctions/_shared/contract'
import type { HouseImportContract } from '../../cloudfunctions/house-import/contract'
import { cloudFunction } from './cloud'

const houseImport = cloudFunction<HouseImportContract>('house-import')

export type ImportForm = Output<HouseImportContract, 'prepare'>

export const prepareImport = () => houseImport('prepare', {})
export const getImportTemplate = () => houseImport('template', {})
export const checkImport = (input: Input<HouseImportContract, 'check'>) => houseImport('check', input)
export const startImport = (importId: string, skipsErrors: boolean) => houseImport('start', { importId, skipsErrors })
export const advanceImport = (importId: string) => houseImport('advance', { importId })
export const getImport = (importId: string) => houseImport('get', { importId })
export const discardImport = (importId: string) => houseImport('discard', { importId })
export const getImportReport = (importId: string) => houseImport('report', { importId })
