import type { VillageInBrowser } from './village-in-browser'

let count = 0
const step = (village: VillageInBrowser, who: string, action: string, input: object) =>
  village.call(who, 'repairs', action, { ...input, requestId: `billed-repair-${String(++count).padStart(8, '0')}` })

/** 王秀英's order, looked at and quoted: 80 yuan, which she has to accept. */
export const quotedRepair = async (village: VillageInBrowser, description: string): Promise<string> => {
  const report = { houseId: 'h-3-2-501', category: 'plumbing', urgency: 'normal', description, photos: [] }
  const { repairId } = (await step(village, 'wang', 'create', report)) as { repairId: string }
  await step(village, 'he', 'assign', { repairId, technicianId: 'm-chen' })
  await step(village, 'chen', 'start', { repairId })
  await step(village, 'chen', 'quote', { repairId, lines: [{ itemId: 'visit', quantity: 1 }, { itemId: 'angle-valve', quantity: 2 }] })
  return repairId
}

export const finishRepair = (village: VillageInBrowser, repairId: string) =>
  step(village, 'chen', 'complete', { repairId, note: '换了两个三角阀，已试水', photos: [] })

/** The same order accepted and finished: the household owes 80 yuan. */
export const billedRepair = async (village: VillageInBrowser, description: string): Promise<{ repairId: string; billId: string }> => {
  const repairId = await quotedRepair(village, description)
  await step(village, 'wang', 'accept', { repairId })
  await finishRepair(village, repairId)
  return { repairId, billId: `repair_${repairId}_0` }
}
