import type { Input, Output } from '../../cloudfunctions/_shared/contract'
import type { RepairsContract, Stage } from '../../cloudfunctions/repairs/contract'
import { cloudFunction } from './cloud'

const repairs = cloudFunction<RepairsContract>('repairs')

export type RepairForm = Output<RepairsContract, 'prepare'>
export type RepairPage = Output<RepairsContract, 'list'>
export type OpenedRepair = Output<RepairsContract, 'get'>
export type RepairQueue = Output<RepairsContract, 'queue'>
export type Technician = Output<RepairsContract, 'technicians'>['technicians'][number]

export const prepareRepair = () => repairs('prepare', {})
export const createRepair = (order: Input<RepairsContract, 'create'>) => repairs('create', order)
export const listRepairs = (houseId: string, cursor?: string) => repairs('list', cursor ? { houseId, cursor } : { houseId })
export const getRepair = (repairId: string) => repairs('get', { repairId })
export const cancelRepair = (step: Input<RepairsContract, 'cancel'>) => repairs('cancel', step)
export const claimRepair = (step: Input<RepairsContract, 'claim'>) => repairs('claim', step)
export const assignRepair = (step: Input<RepairsContract, 'assign'>) => repairs('assign', step)
export const startRepair = (step: Input<RepairsContract, 'start'>) => repairs('start', step)
export const completeRepair = (step: Input<RepairsContract, 'complete'>) => repairs('complete', step)
export const queueRepairs = (stage: Stage, cursor?: string) => repairs('queue', cursor ? { stage, cursor } : { stage })
export const listTechnicians = () => repairs('technicians', {})
export const revealContact = (repairId: string) => repairs('revealContact', { repairId })
