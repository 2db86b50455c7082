import type { Category } from '../../../cloudfunctions/repairs/contract'
import { asServiceError } from '../../services/cloud'
import { followIncident } from '../../services/incidents'
import { findSimilar, followRepair } from '../../services/repairs'
import { toast } from '../../support/ask'
import type { Told } from '../../support/events'
import { type SimilarView, viewSimilar } from './similar-view'

type Written = { houseId: string; description: string; category: Category | '' }
type Finder = {
  data: { similar: SimilarView[]; busyKey: string; houseId: string }
  setData(change: object): void
}

const pause = 500
const fewest = 2
const asked = new WeakMap<object, { timer?: number; text: string }>()

/** While somebody types: whether it is known already. A search that fails is silent, since the report itself matters more. */
export const lookForSimilar = (page: { setData(change: object): void }, { houseId, description, category }: Written): void => {
  const text = description.trim()
  clearTimeout(asked.get(page)?.timer ?? 0)
  if (text.length < fewest) {
    asked.set(page, { text })
    return page.setData({ similar: [] })
  }
  const timer = setTimeout(() => {
    findSimilar({ houseId, text, ...(category && { category }) })
      .then((found) => asked.get(page)?.text === text && page.setData({ similar: viewSimilar(found, Date.now()) }))
      .catch(() => undefined)
  }, pause)
  asked.set(page, { text, timer: Number(timer) })
}

/** What a page that looks for similar reports shows of them, and 我也遇到. */
export const similarFinder = Behavior({
  data: { similar: [] as SimilarView[], busyKey: '' },
  methods: {
    async onFollow(this: Finder, event: Told<{ key: string; kind: 'incident' | 'report' }>) {
      const { key, kind } = event.detail
      const { houseId } = this.data
      this.setData({ busyKey: key })
      try {
        if (kind === 'incident') await followIncident({ houseId, incidentId: key, isFollowing: true })
        else await followRepair({ houseId, repairId: key, isFollowing: true })
        this.setData({ similar: this.data.similar.map((each) => (each.key === key ? { ...each, isFollowing: true } : each)) })
        toast('已记下，有进展会一起通知您，不用再报')
      } catch (error) {
        toast(asServiceError(error).message)
      }
      this.setData({ busyKey: '' })
    },
  },
})
