import type { RepairCard, RepairDetail, Step } from './contract'
import type { Photo, RepairOrder, RepairSummary } from './repair'

export const cardOf = (repair: RepairSummary): RepairCard => ({
  repairId: repair._id,
  status: repair.status,
  urgency: repair.urgency,
  category: repair.category,
  description: repair.description,
  houseLabel: repair.houseLabel,
  submittedAt: repair.submittedAt.toISOString(),
  photoCount: repair.photos.length,
  assigneeName: repair.assignee?.name ?? null,
})

const everyPhoto = (repair: RepairOrder): Photo[] => [...repair.photos, ...repair.timeline.flatMap((event) => event.photos)]

/** The files whose addresses a reply needs: all but what the content check refused. */
export const photosOf = (repair: RepairOrder): string[] =>
  everyPhoto(repair).filter(({ check }) => check !== 'risky').map(({ fileId }) => fileId)

export const detailOf = (repair: RepairOrder, nextSteps: Step[], showsContact: boolean, urls: Map<string, string>): RepairDetail => {
  const show = (photos: Photo[]) => photos.map(({ fileId }) => ({ fileId, url: urls.get(fileId) ?? null }))
  return {
    ...cardOf(repair),
    communityName: repair.communityName,
    photos: show(repair.photos),
    timeline: repair.timeline.map((event) => ({
      at: event.at.toISOString(),
      step: event.step,
      status: event.status,
      byName: event.by.name,
      byRole: event.by.role,
      assigneeName: event.assigneeName,
      note: event.note,
      photos: show(event.photos),
    })),
    nextSteps,
    contact: showsContact ? { name: repair.contact.name, maskedPhone: repair.contact.maskedPhone } : null,
  }
}
