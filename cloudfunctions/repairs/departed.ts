import { departedName, type Departed } from '../_shared/departing'
import type { Revisit } from './revisit'
import type { Actor, RepairOrder } from './repair'
import type { RepairMessage } from './talk'

const didAsResident = (by: Actor, memberId: string): boolean => by.memberId === memberId && by.role === 'resident'

/** Photos, film and voice by which the person told of their home; a technician's photos of the work stay with the work. */
export const uploadsOf = ({ contact, photos, video, voice, timeline }: RepairOrder, { memberId }: Pick<Departed, 'memberId'>): string[] => [
  ...(contact.memberId === memberId ? [...photos.map(({ fileId }) => fileId), ...(video ? [video] : []), ...(voice ? [voice.fileId] : [])] : []),
  ...timeline.filter(({ by }) => didAsResident(by, memberId)).flatMap((event) => event.photos.map(({ fileId }) => fileId)),
]

/** The order stays, as the house's and the company's record; who the person was does not. The same order when they are not in it. */
export const withoutPerson = (repair: RepairOrder, { memberId }: Pick<Departed, 'memberId'>): RepairOrder => {
  const isContact = repair.contact.memberId === memberId
  const isAssignee = repair.assignee?.memberId === memberId
  const isVisitor = repair.visit?.technicianId === memberId
  const isInTimeline = repair.timeline.some(({ by }) => by.memberId === memberId)
  if (!isContact && !isAssignee && !isVisitor && !isInTimeline) return repair
  return {
    ...repair,
    version: repair.version + 1,
    contact: isContact ? { memberId: null, name: departedName, maskedPhone: null, phone: null } : repair.contact,
    // Nobody is at home for it, or nobody comes.
    ...(isContact ? { slot: null, visit: null } : isVisitor && { visit: null }),
    assignee: isAssignee ? { memberId: 'departed', name: departedName } : repair.assignee,
    ...(isContact && { photos: [], video: null, voice: null }),
    timeline: repair.timeline.map((event) => ({
      ...event,
      photos: didAsResident(event.by, memberId) ? [] : event.photos,
      by: event.by.memberId === memberId ? { ...event.by, memberId: 'departed', name: departedName } : event.by,
      assigneeName: isAssignee && event.assigneeName === repair.assignee!.name ? departedName : event.assigneeName,
    })),
  }
}

export const anonymous = (by: RepairMessage['by']): RepairMessage['by'] => ({ ...by, memberId: 'departed', name: departedName })
export const anonymousTechnician: Pick<Revisit, 'technicianId' | 'technicianName'> = { technicianId: 'departed', technicianName: departedName }
