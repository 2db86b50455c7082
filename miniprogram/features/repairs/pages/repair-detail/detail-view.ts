import type { OpenedRepair } from '../../../../services/repairs'
import { categoryWord, sayStatus, statusTag, urgencyTag, viewProgress, viewSteps, viewTimeline } from '../../../../support/repair-view'

export const viewDetail = ({ repair, limits, uploadPrefix }: OpenedRepair) => {
  const steps = viewSteps(repair.nextSteps, repair.assigneeName)
  return {
    sentence: sayStatus(repair),
    tag: statusTag(repair.status),
    urgent: urgencyTag(repair.urgency),
    progress: viewProgress(repair.status),
    category: categoryWord(repair.category),
    description: repair.description,
    photos: repair.photos,
    submittedAt: repair.submittedAt,
    where: `${repair.communityName} ${repair.houseLabel}`,
    timeline: viewTimeline(repair.timeline),
    contact: repair.contact,
    mainSteps: steps.filter((step) => step.rank !== 'quiet'),
    quietSteps: steps.filter((step) => step.rank === 'quiet'),
    limits,
    uploadPrefix: uploadPrefix ?? '',
  }
}
export type DetailView = ReturnType<typeof viewDetail>

// Addresses of photos live for minutes: one that fails right after loading is broken, and asking again would never end.
const addressLife = 10_000
export const mayBeExpired = (loadedAt: number, now: number): boolean => now - loadedAt > addressLife
