import { departedName, type Departed } from '../_shared/departing'
import { staffTitles } from '../_shared/masking'
import type { Actor, RepairOrder } from './repair'

type Person = Pick<Departed, 'memberId' | 'name'>

const didAsResident = (by: Actor, memberId: string): boolean => by.memberId === memberId && by.role === 'resident'

/** Photos, film and voice by which the person told of their home; a technician's photos of the work stay with the work. */
export const uploadsOf = ({ contact, photos, video, voice, timeline }: RepairOrder, { memberId }: Pick<Departed, 'memberId'>): string[] => [
  ...(contact.memberId === memberId ? [...photos.map(({ fileId }) => fileId), ...(video ? [video] : []), ...(voice ? [voice.fileId] : [])] : []),
  ...timeline.filter(({ by }) => didAsResident(by, memberId)).flatMap((event) => event.photos.map(({ fileId }) => fileId)),
]

/** Nobody in particular any more; of staff, what they were. */
export const anonymous = <R extends string>(by: { memberId: string; name: string; role: R }) =>
  ({ ...by, memberId: 'departed', name: staffTitles[by.role] ?? departedName })
export const anonymousTechnician = { memberId: 'departed', name: staffTitles.technician! }

/** An event says the name of whom it was given to, and no id: it was theirs if it is a name they went by in this order. */
const namesIn = ({ assignee, timeline }: RepairOrder, { memberId, name }: Person): Set<string> =>
  new Set([name, ...[assignee, ...timeline.map(({ by }) => by)].flatMap((one) => (one?.memberId === memberId ? [one.name] : []))])

/** The order stays, as the house's and the company's record; who the person was does not. The same order when they are not in it. */
export const withoutPerson = (repair: RepairOrder, person: Person): RepairOrder => {
  const { memberId } = person
  const isVisitor = repair.visit?.technicianId === memberId
  if (!repair.people.includes(memberId) && !isVisitor) return repair
  const names = namesIn(repair, person)
  const isContact = repair.contact.memberId === memberId
  return {
    ...repair,
    version: repair.version + 1,
    people: repair.people.filter((one) => one !== memberId),
    contact: isContact ? { memberId: null, name: departedName, maskedPhone: null, phone: null } : repair.contact,
    // Nobody is at home for it, or nobody comes.
    ...(isContact ? { slot: null, visit: null } : isVisitor && { visit: null }),
    assignee: repair.assignee?.memberId === memberId ? anonymousTechnician : repair.assignee,
    ...(isContact && { photos: [], video: null, voice: null }),
    timeline: repair.timeline.map((event) => ({
      ...event,
      photos: didAsResident(event.by, memberId) ? [] : event.photos,
      by: event.by.memberId === memberId ? anonymous(event.by) : event.by,
      assigneeName: event.assigneeName !== null && names.has(event.assigneeName) ? anonymousTechnician.name : event.assigneeName,
    })),
  }
}
