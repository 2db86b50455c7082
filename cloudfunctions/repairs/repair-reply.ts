import { after } from '../_shared/clock'
import type { RepairCard, RepairDetail, Step, TimelineEntry } from './contract'
import { type Bill, toleratedFen } from './quotation'
import { openPlaceOf, placeLabelOf, type Photo, type RepairEvent, type RepairOrder, type RepairSummary, type Side } from './repair'
import { overseers, waitsFor } from './repair-access'
import { isLate } from './sla'
import { talkClosesAt } from './talk'
import { closesAt, rateableMs } from './transitions'

/** How a reader stands to an order: of its household, of the staff, or a neighbour who follows it. */
export type View = 'household' | 'staff' | 'neighbour'

const iso = (at: Date | null | undefined): string | null => at?.toISOString() ?? null

const hasUnread = (mine: Side, theirs: Side): boolean => theirs.wroteAt !== null && (mine.readAt === null || mine.readAt < theirs.wroteAt)
export const hasUnreadFor = ({ talk }: Pick<RepairOrder, 'talk'>, view: View): boolean =>
  view === 'household' ? hasUnread(talk.household, talk.staff) : view === 'staff' && hasUnread(talk.staff, talk.household)

const isOverdue = (repair: RepairSummary, now: Date): boolean => repair.status !== 'completed' && waitsFor(repair) !== null && isLate(repair.sla, now)

const escalationOf = (repair: RepairSummary, now: Date): RepairCard['escalation'] => {
  const lateAt = isOverdue(repair, now) ? iso(repair.sla?.escalatedAt) : null
  const unassignedAt = repair.status === 'submitted' ? iso(repair.unassignedToldAt) : null
  if (lateAt !== null) return { at: lateAt, reason: 'late', to: [...overseers] }
  return unassignedAt === null ? null : { at: unassignedAt, reason: 'unassigned', to: [...overseers] }
}

export const cardOf = (repair: RepairSummary, view: View, now: Date): RepairCard => ({
  repairId: repair._id,
  status: repair.status,
  urgency: repair.urgency,
  category: repair.category,
  description: repair.description,
  houseLabel: placeLabelOf(repair),
  submittedAt: repair.submittedAt.toISOString(),
  photoCount: repair.photos.filter((photo) => view !== 'neighbour' || isShown(photo, view)).length,
  assigneeName: repair.assignee?.name ?? null,
  orderNo: repair.orderNo,
  isPublicArea: repair.place !== null,
  waitsFor: waitsFor(repair),
  dueAt: waitsFor(repair) === null || repair.status === 'completed' ? null : iso(repair.sla?.dueAt),
  isOverdue: isOverdue(repair, now),
  escalation: view === 'staff' ? escalationOf(repair, now) : null,
  slot: view === 'neighbour' ? null : repair.slot,
  visit: view === 'neighbour' || !repair.visit ? null : { technicianName: repair.visit.technicianName },
  heldUntil: iso(repair.heldUntil),
  hasUnread: hasUnreadFor(repair, view),
  reopenCount: repair.reopenCount,
  hasVideo: view !== 'neighbour' && repair.video !== null,
  hasVoice: view !== 'neighbour' && repair.voice !== null,
})

const everyPhoto = (repair: RepairOrder): Photo[] => [...repair.photos, ...repair.timeline.flatMap((event) => event.photos)]
const isShown = ({ check }: Pick<Photo, 'check'>, view: View): boolean => (view === 'neighbour' ? check === 'passed' : check !== 'risky')

/** The files whose addresses a reply needs: all but what the content check refused, and for neighbours only what it passed. */
export const filesOf = (repair: RepairOrder, view: View): string[] => [
  ...everyPhoto(repair).filter((photo) => isShown(photo, view)).map(({ fileId }) => fileId),
  ...(view === 'neighbour' ? [] : [repair.video, repair.voice?.fileId].filter((fileId): fileId is string => typeof fileId === 'string')),
]

const entryOf = (event: RepairEvent, view: View, show: (photos: Photo[]) => TimelineEntry['photos']): TimelineEntry => {
  // Neighbours learn how it goes, not who asked for it nor what was said about it.
  const isPrivate = view === 'neighbour' && event.by.role === 'resident'
  return {
    at: event.at.toISOString(), step: event.step, status: event.status, byName: isPrivate ? '邻居' : event.by.name,
    byRole: isPrivate ? 'neighbour' : event.by.role, assigneeName: event.assigneeName,
    note: view === 'neighbour' ? '' : event.note, photos: show(event.photos),
    rescheduled: view === 'neighbour' ? null : (event.rescheduled ?? null),
  }
}

export type Reader = {
  view: View
  nextSteps: Step[]
  showsContact: boolean
  mayWrite: boolean
  reopenableUntil: Date | null
  followerCount: number
  isFollowing: boolean
}

const billOf = ({ lines, totalFen }: Bill): Bill => ({ lines, totalFen })

export const detailOf = (repair: RepairOrder, reader: Reader, urls: Map<string, string>, now: Date): RepairDetail => {
  const { view } = reader
  const isNeighbour = view === 'neighbour'
  const show = (photos: Photo[]) => photos.filter((photo) => !isNeighbour || isShown(photo, view)).map(({ fileId }) => ({ fileId, url: urls.get(fileId) ?? null }))
  const isHeld = isNeighbour && repair.textCheck !== 'passed'
  return {
    ...cardOf(repair, view, now),
    description: isHeld ? '' : repair.description,
    houseLabel: isNeighbour ? openPlaceOf(repair) : placeLabelOf(repair),
    communityName: repair.communityName,
    photos: show(repair.photos),
    timeline: repair.timeline.map((event) => entryOf(event, view, show)),
    nextSteps: reader.nextSteps,
    contact: reader.showsContact ? { name: repair.contact.name, maskedPhone: repair.contact.maskedPhone } : null,
    source: repair.source,
    place: isHeld ? null : repair.place,
    video: isNeighbour || repair.video === null ? null : { fileId: repair.video, url: urls.get(repair.video) ?? null },
    voice: isNeighbour || repair.voice === null ? null : { ...repair.voice, url: urls.get(repair.voice.fileId) ?? null },
    quotation: isNeighbour || repair.quotation === null ? null
      : {
        ...billOf(repair.quotation), note: repair.quotation.note, at: repair.quotation.at.toISOString(), state: repair.quotation.state,
        toleratedFen: toleratedFen(repair.quotation),
      },
    charges: isNeighbour || repair.charges === null ? null : billOf(repair.charges),
    holdReason: isNeighbour ? null : repair.holdReason,
    arrivedAt: iso(repair.arrivedAt),
    rating: isNeighbour || repair.rating === null ? null
      : { ...repair.rating, at: repair.rating.at.toISOString(), editableUntil: after(repair.rating.at, rateableMs).toISOString() },
    reopenableUntil: iso(reader.reopenableUntil),
    closesAt: isNeighbour ? null : iso(closesAt(repair)),
    talk: isNeighbour ? null : { canWrite: reader.mayWrite, hasUnread: hasUnreadFor(repair, view), closesAt: iso(talkClosesAt(repair)) },
    followerCount: reader.followerCount,
    isFollowing: reader.isFollowing,
    mergedInto: repair.mergedInto,
  }
}
