import { newRequest, type Answer, type Village } from '../../support/village'

/** Photos people have uploaded before they write. */
export type Photos = { wang: string; chen: string }

/** Something somebody does that others must hear of. */
export type Scenario = {
  action: 'create' | 'assign' | 'claim' | 'start' | 'complete' | 'cancel'
  /** The title of what the inbox says of it. */
  title: string
  /** Everybody who must be told, and nobody else. */
  told: string[]
  /** Brings an order to where it can happen; null where there is none yet. */
  ready: (village: Village) => Promise<string | null>
  /** The tap itself; again with the same request for a retry. */
  act: (village: Village, repairId: string, requestId: string, photos: Photos) => Promise<Answer<unknown>>
}

export const uploadPhotos = async (village: Village): Promise<Photos> => {
  const { uploadPrefix } = await village.as('wang').get('repairs', 'prepare', {})
  const work = await village.as('chen').get('repairs', 'get', { repairId: 'r-village-door' })
  return {
    wang: await village.as('wang').upload(`${uploadPrefix}/202611/leak.jpg`),
    chen: await village.as('chen').upload(`${work.uploadPrefix}/202611/done.jpg`),
  }
}

const broken = { houseId: 'h-3-2-501', category: 'plumbing', urgency: 'normal', description: '水龙头漏水' } as const

const reported = async (village: Village): Promise<string> =>
  (await village.as('wang').get('repairs', 'create', { ...broken, photos: [], requestId: newRequest() })).repairId

const assigned = async (village: Village): Promise<string> => {
  const repairId = await reported(village)
  await village.as('he').get('repairs', 'assign', { repairId, technicianId: 'm-chen', requestId: newRequest() })
  return repairId
}

const started = async (village: Village): Promise<string> => {
  const repairId = await assigned(village)
  await village.as('chen').get('repairs', 'start', { repairId, requestId: newRequest() })
  return repairId
}

export const scenarios: Scenario[] = [
  {
    action: 'create', title: '新的报修待处理', told: ['he', 'zhou', 'chen'], ready: async () => null,
    act: (village, _, requestId, photos) => village.as('wang').call('repairs', 'create', { ...broken, photos: [photos.wang], requestId }),
  },
  {
    action: 'assign', title: '报修已派单', told: ['wang', 'li', 'chen'], ready: reported,
    act: (village, repairId, requestId) => village.as('he').call('repairs', 'assign', { repairId, requestId, technicianId: 'm-chen' }),
  },
  {
    action: 'claim', title: '师傅已接单', told: ['wang', 'li'], ready: reported,
    act: (village, repairId, requestId) => village.as('chen').call('repairs', 'claim', { repairId, requestId }),
  },
  {
    action: 'start', title: '维修已开始', told: ['wang', 'li'], ready: assigned,
    act: (village, repairId, requestId) => village.as('chen').call('repairs', 'start', { repairId, requestId }),
  },
  {
    action: 'complete', title: '维修已完成', told: ['wang', 'li'], ready: started,
    act: (village, repairId, requestId, photos) => village.as('chen').call('repairs', 'complete', { repairId, requestId, note: '换了阀芯', photos: [photos.chen] }),
  },
  {
    action: 'cancel', title: '报修已取消', told: ['wang', 'li', 'chen'], ready: assigned,
    act: (village, repairId, requestId) => village.as('he').call('repairs', 'cancel', { repairId, requestId, note: '整栋统一换管' }),
  },
]
