import { collection } from '../_shared/db'
import { command } from '../_shared/platform'
import type { Schema } from '../_shared/schema'
import type { Incident } from './incident'

/** Until then, staff's words were published in the company's name as they were typed. */
const schema: Schema = {
  upgrades: [(stored) => {
    const { title, note, createdBy } = stored as unknown as Pick<Incident, 'title' | 'note' | 'createdBy'>
    return { ...stored, textCheck: 'passed', shown: { title, note }, writtenBy: { memberId: createdBy.memberId, role: 'manager' } }
  }],
}

export const incidents = collection<Incident>('incidents', schema)

/** More at once than any building has. */
const mostOpen = 20

/** What goes on now at a building, the latest first. Announced for later is shown already: people want to fill a bucket. */
export const openIncidentsOf = (communityId: string, building: string): Promise<Incident[]> =>
  incidents.find({ communityId, isOpen: true, buildingKeys: command.in([building, '*']) }, { sort: { orderKey: 'desc' }, limit: mostOpen })

export const boardOf = (communityId: string, isOpen: boolean, cursor: string | undefined, limit: number) =>
  incidents.page({ communityId, isOpen }, { by: 'orderKey', direction: 'desc', cursor, limit })

export const announcedBy = (memberId: string): Promise<Incident[]> => incidents.find({ 'createdBy.memberId': memberId }, { limit: 500 })
