import type { Input, Output } from '../../cloudfunctions/_shared/contract'
import type { IncidentsContract } from '../../cloudfunctions/incidents/contract'
import { cloudFunction } from './cloud'

const incidents = cloudFunction<IncidentsContract>('incidents')

export type IncidentBoard = Output<IncidentsContract, 'board'>

export const listIncidents = (houseId: string) => incidents('list', { houseId })
export const followIncident = (follow: Input<IncidentsContract, 'follow'>) => incidents('follow', follow)
export const openIncidents = (state: 'open' | 'ended', cursor?: string) => incidents('board', cursor ? { state, cursor } : { state })
export const createIncident = (incident: Input<IncidentsContract, 'create'>) => incidents('create', incident)
export const updateIncident = (news: Input<IncidentsContract, 'update'>) => incidents('update', news)
export const finishIncident = (news: Input<IncidentsContract, 'finish'>) => incidents('finish', news)
