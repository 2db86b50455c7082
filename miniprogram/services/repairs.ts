import type { Input, Output } from '../../cloudfunctions/_shared/contract'
import type { RepairsContract, Stage, Step } from '../../cloudfunctions/repairs/contract'
import { cloudFunction } from './cloud'

const repairs = cloudFunction<RepairsContract>('repairs')

export type RepairForm = Output<RepairsContract, 'prepare'>
export type RepairPage = Output<RepairsContract, 'list'>
export type OpenedRepair = Output<RepairsContract, 'get'>
export type RepairQueue = Output<RepairsContract, 'queue'>
export type Technician = Output<RepairsContract, 'technicians'>['technicians'][number]
export type CallerReport = Input<RepairsContract, 'createFor'>
export type Similar = Output<RepairsContract, 'similar'>
export type Talk = Output<RepairsContract, 'messages'>

export const prepareRepair = () => repairs('prepare', {})
export const createRepair = (order: Input<RepairsContract, 'create'>) => repairs('create', order)
export const createRepairFor = (order: CallerReport) => repairs('createFor', order)
export const findSimilar = (known: Input<RepairsContract, 'similar'>) => repairs('similar', known)
export const followRepair = (follow: Input<RepairsContract, 'follow'>) => repairs('follow', follow)
export const listVisits = (what: Input<RepairsContract, 'visits'>) => repairs('visits', what)
export const listPrices = () => repairs('prices', {})
export const listRepairs = (houseId: string, cursor?: string) => repairs('list', cursor ? { houseId, cursor } : { houseId })
export const getRepair = (repairId: string) => repairs('get', { repairId })
export const takeRepairStep = <S extends Step>(step: S, input: Input<RepairsContract, S>) => repairs(step, input)
export const quoteRepair = (quotation: Input<RepairsContract, 'quote'>) => repairs('quote', quotation)
export const readTalk = (repairId: string, cursor?: string) => repairs('messages', cursor ? { repairId, cursor } : { repairId })
export const sendTalk = (message: Input<RepairsContract, 'sendMessage'>) => repairs('sendMessage', message)
export const markTalkRead = (repairId: string) => repairs('readMessages', { repairId })
export const queueRepairs = (stage: Stage, cursor?: string) => repairs('queue', cursor ? { stage, cursor } : { stage })
export const listTechnicians = () => repairs('technicians', {})
export const revealContact = (repairId: string) => repairs('revealContact', { repairId })
