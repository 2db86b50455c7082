import { asServiceError } from '../../../../services/cloud'
import { listRevisits, recordRevisit } from '../../../../services/repair-desk'
import type { Tap, Told } from '../../../../support/events'
import { openPage, repairDetailPage } from '../../../../support/open-page'
import { asksWhenShown, loadAsMuch, loadMore, notLoaded, refreshPage } from '../../../../support/refreshing'
import { type RevisitView, viewRevisit } from '../../revisit-view'

type State = 'open' | 'done'

Page({
  ...asksWhenShown,
  data: {
    ...notLoaded,
    tabs: [{ key: 'open' as State, word: '待回访' }, { key: 'done' as State, word: '已回访' }],
    tab: 'open' as State,
    revisits: [] as RevisitView[],
    isLoadingMore: false,
    recording: null as RevisitView | null,
    isBusy: false,
    refusal: '',
  },
  nextCursor: null as string | null,

  async refresh() {
    const { tab } = this.data
    await refreshPage(this, `revisits.${tab}`, {
      load: () => loadAsMuch(this.data.revisits.length, (cursor) => listRevisits(tab, cursor), ({ revisits }) => revisits),
      show: ({ rows, nextCursor }) => {
        this.nextCursor = nextCursor
        this.setData({ state: 'ready', revisits: rows.map((row) => viewRevisit(row, Date.now())) })
      },
    })
  },
  onTab(event: Tap<{ key: State }>) {
    this.setData({ tab: event.currentTarget.dataset.key, state: 'loading', revisits: [] })
    void this.refresh()
  },
  async onReachBottom() {
    await loadMore(this, (cursor) => listRevisits(this.data.tab, cursor), ({ revisits }) =>
      this.setData({ revisits: [...this.data.revisits, ...revisits.map((row) => viewRevisit(row, Date.now()))] }))
  },
  onOpen(event: Tap<{ id: string }>) {
    openPage(repairDetailPage(event.currentTarget.dataset.id))
  },
  onRecord(event: Tap<{ index: number }>) {
    this.setData({ recording: this.data.revisits[event.currentTarget.dataset.index] ?? null, refusal: '' })
  },
  onClose() {
    if (!this.data.isBusy) this.setData({ recording: null })
  },
  async onSubmit(event: Told<{ isSatisfied: boolean; note: string }>) {
    const { recording } = this.data
    if (!recording || this.data.isBusy) return
    this.setData({ isBusy: true, refusal: '' })
    try {
      await recordRevisit({ revisitId: recording.revisitId, ...event.detail })
      this.setData({ recording: null })
      await this.refresh()
    } catch (error) {
      this.setData({ refusal: asServiceError(error).message })
    }
    this.setData({ isBusy: false })
  },
})
