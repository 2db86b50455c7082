import { type ServiceError, asServiceError } from '../services/cloud'
import { toast } from './ask'
import { type LoadState, afterLoad, showCachedThenFresh } from './cached'
import { everyMinute } from './while-visible'

type Shown = Partial<ReturnType<typeof afterLoad>> & { isLoadingMore?: boolean }

/** A page that asks again whenever it is shown. `asked` counts how often: answers to an earlier question never overwrite a later one's. */
type RefreshedPage = { asked: number; data: { state: LoadState }; setData(shown: Shown): void }
type GrowingPage = RefreshedPage & { nextCursor: string | null; data: { isLoadingMore: boolean } }

/** Shows the copy, then what is true now; answers the failure, which the page then already says. */
export const refreshPage = async <T>(
  page: RefreshedPage,
  copyName: string,
  { load, show }: { load: () => Promise<T>; show: (value: T) => void },
): Promise<ServiceError | null> => {
  const asked = ++page.asked
  const isLatest = (): boolean => asked === page.asked
  const failure = await showCachedThenFresh<T>(copyName, { state: page.data.state, load, show: (value) => isLatest() && show(value) })
  if (!isLatest()) return null
  page.setData(afterLoad(failure, page.data.state))
  return failure
}

/** Nothing on the screen yet: how a page that loads starts. */
export const notLoaded = { state: 'loading' as LoadState, failure: '', staleNote: '' }

type AskingPage = { refresh(): Promise<void>; data: { state: LoadState }; setData(shown: Shown): void }
type WatchingPage = AskingPage & { stopRefreshing: (() => void) | null }

/** A page that asks again when it is pulled down, or told to: what is shown stays, an empty page shows its outline. `refresh` is its own. */
export const asksAgain = {
  asked: 0,
  async onPullDownRefresh(this: AskingPage) {
    await this.refresh()
    void wx.stopPullDownRefresh()
  },
  onRetry(this: AskingPage) {
    this.setData({ state: this.data.state === 'ready' ? 'ready' : 'loading', staleNote: '' })
    void this.refresh()
  },
}

/** A page that asks whenever somebody comes to it. */
export const asksWhenShown = {
  ...asksAgain,
  onShow(this: AskingPage) {
    void this.refresh()
  },
}

/** A page that asks whenever somebody comes to it, and once a minute while they look. */
export const asksEveryMinute = {
  ...asksAgain,
  stopRefreshing: null as (() => void) | null,
  onShow(this: WatchingPage) {
    void this.refresh()
    this.stopRefreshing = everyMinute(() => void this.refresh())
  },
  onHide(this: WatchingPage) {
    this.stopRefreshing?.()
  },
  onUnload(this: WatchingPage) {
    this.stopRefreshing?.()
  },
}

/** Adds what follows the last row, one part at a time; a part of a list that was asked anew meanwhile is dropped. */
export const loadMore = async <Part extends { nextCursor: string | null }>(
  page: GrowingPage,
  load: (cursor: string) => Promise<Part>,
  add: (part: Part) => void,
): Promise<void> => {
  const { asked, nextCursor } = page
  if (!nextCursor || page.data.isLoadingMore) return
  page.setData({ isLoadingMore: true })
  try {
    const part = await load(nextCursor)
    if (asked !== page.asked) return
    page.nextCursor = part.nextCursor
    add(part)
  } catch (error) {
    toast(asServiceError(error).message)
  } finally {
    page.setData({ isLoadingMore: false })
  }
}

const mostParts = 10

/** As much of a list as was on the screen, asked anew: who comes back to a long list finds it as long, and where it was. */
export const loadAsMuch = async <Row, Part extends { nextCursor: string | null }>(
  count: number,
  load: (cursor?: string) => Promise<Part>,
  rowsOf: (part: Part) => Row[],
): Promise<{ first: Part; rows: Row[]; nextCursor: string | null }> => {
  const first = await load()
  let { nextCursor } = first
  let rows = rowsOf(first)
  for (let parts = 1; nextCursor && rows.length < count && parts < mostParts; parts++) {
    const part = await load(nextCursor)
    rows = [...rows, ...rowsOf(part)]
    nextCursor = part.nextCursor
  }
  return { first, rows, nextCursor }
}
