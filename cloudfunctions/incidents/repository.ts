import { collection } from '../_shared/db'
import { command } from '../_shared/platform'
import type { Incident } from './incident'

export const incidents = collection<Incident>('incidents')

/** More at once than any building has. */
const mostOpen = 20

/** What goes on now at a building, the latest first. Announced for later is shown already: people want to fill a bucket. */
export const openIncidentsOf = (communityId: string, building: string): Promise<Incident[]> =>
  incidents.find({ communityId, isOpen: true, buildingKeys: command.in([building, '*']) }, { sort: { orderKey: 'desc' }, limit: mostOpen })

export const boardOf = (communityId: string, isOpen: boolean, cursor: string | undefined, limit: number) =>
  incidents.page({ communityId, isOpen }, { by: 'orderKey', direction: 'desc', cursor, limit })

export const announcedBy = (memberId: string): Promise<Incident[]> => incidents.find({ 'createdBy.memberId': memberId }, { limit: 500 })
