import type { Slot, VisitSlot } from '../../../cloudfunctions/repairs/contract'
import { asServiceError } from '../../services/cloud'
import { listVisits } from '../../services/repairs'
import type { LoadState } from '../../support/cached'

export type VisitHours = { visitState: LoadState | 'closed'; visitFailure: string; visitSlots: VisitSlot[]; areBooked: boolean }

/** Nobody has asked for the hours yet: most reports need no visit at an hour. */
export const closedVisits: VisitHours = { visitState: 'closed', visitFailure: '', visitSlots: [], areBooked: false }

type Asked = Parameters<typeof listVisits>[0]
const asked = new WeakMap<object, Asked>()

const load = async (what: Asked): Promise<VisitHours> => {
  try {
    const { slots, areBooked } = await listVisits(what)
    return { visitState: 'ready', visitFailure: '', visitSlots: slots, areBooked }
  } catch (error) {
    return { ...closedVisits, visitState: 'failed', visitFailure: asServiceError(error).message }
  }
}

/** Shows on a page the hours that can be chosen for a visit; of two questions the later one's answer. */
export const findVisits = async (page: { data: { visits: VisitHours }; setData(change: object): void }, what: Asked): Promise<void> => {
  asked.set(page, what)
  if (page.data.visits.visitState !== 'ready') page.setData({ visits: { ...closedVisits, visitState: 'loading' } })
  const visits = await load(what)
  if (asked.get(page) === what) page.setData({ visits })
}

export const isSameSlot = (a: Slot | null, b: Slot | null): boolean => a?.day === b?.day && a?.from === b?.from && a?.to === b?.to
