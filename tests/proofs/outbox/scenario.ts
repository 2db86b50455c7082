import type { RepairSettings } from '../../../cloudfunctions/_shared/configuration'
import type { RepairOrder } from '../../../cloudfunctions/repairs/repair'
import type { Answer, Village } from '../../support/village'

/** Photos people have uploaded before they write. */
export type Photos = { wang: string; chen: string }

/** Something that happens, that others must hear of or that something must follow from. */
export type Scenario = {
  name: string
  /** The function whose process does it; `tick` for what falls due by itself. */
  acting: string
  /** By the title of what the inbox says: everybody who must be told, and nobody else. */
  told: Record<string, string[]>
  /** How many texts the staff's group hears. */
  group?: number
  /** How many documents more there must be in the end, by collection. */
  rows?: Record<string, number>
  /** How this community repairs, where not as usual. */
  settings?: Partial<RepairSettings>
  /** Brings a village to where it can happen; answers what it is about. */
  ready: (village: Village, photos: Photos) => Promise<string>
  /** The tap itself; again with the same request for a retry. Of `tick`: nothing. */
  act: (village: Village, about: string, requestId: string, photos: Photos) => Promise<Answer<unknown>>
  /** Given up half-way, it is neither done nor undone: WeChat has closed an order, or will have. */
  leavesHalf?: boolean
  /** When an order's own thing falls due, milliseconds. */
  due?: (repair: RepairOrder) => number
}

export const uploadPhotos = async (village: Village): Promise<Photos> => {
  const { uploadPrefix } = await village.as('wang').get('repairs', 'prepare', {})
  const work = await village.as('chen').get('repairs', 'get', { repairId: 'r-village-door' })
  return {
    wang: await village.as('wang').upload(`${uploadPrefix}/202611/leak.jpg`),
    chen: await village.as('chen').upload(`${work.uploadPrefix}/202611/done.jpg`),
  }
}
