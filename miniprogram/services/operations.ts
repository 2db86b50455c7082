import type { Input, Output } from '../../cloudfunctions/_shared/contract'
import type { OperationsContract } from '../../cloudfunctions/operations/contract'
import { cloudFunction } from './cloud'

const operations = cloudFunction<OperationsContract>('operations')

export type Status = Output<OperationsContract, 'status'>

export const readStatus = () => operations('status', {})

export type Checked = Output<OperationsContract, 'checklist'>['items'][number]
export type AuditPage = Output<OperationsContract, 'audits'>
export type Settings = Output<OperationsContract, 'settings'>

export const readChecklist = () => operations('checklist', {})
export const proveItem = (item: Input<OperationsContract, 'prove'>['item']) => operations('prove', { item })
export const confirmItem = (item: Input<OperationsContract, 'confirm'>['item'], note: string) => operations('confirm', { item, note })
export const searchAudits = (search: Input<OperationsContract, 'audits'>) => operations('audits', search)
export const readSettings = (scope: Settings['scope']) => operations('settings', { scope })
export const configure = (change: Input<OperationsContract, 'configure'>) => operations('configure', change)
