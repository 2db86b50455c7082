import { ensureSession } from '../../../../services/members'
import { sayDate, today } from '../../../../support/dates'
import type { Told } from '../../../../support/events'
import { billDetailPage, openPage } from '../../../../support/open-page'
import { asksEveryMinute, loadMore, notLoaded, refreshPage } from '../../../../support/refreshing'
import type { MoneyCard } from '../../bill-view'
import { emptyOf, firstPart, type Loaded, loadDesk, loadOn, partsOf, type Shown, type Stage, tabsOf, viewSums } from '../../desk-lists'

/** The money of a community: what is owed, what came in on a day, what is to go back. */
Page({
  ...asksEveryMinute,
  data: {
    ...notLoaded,
    stage: 'unpaid' as Stage,
    part: '',
    day: '',
    dayWord: '',
    tabs: [] as ReturnType<typeof tabsOf>,
    suspectCount: 0,
    parts: [] as ReturnType<typeof partsOf>,
    sums: null as ReturnType<typeof viewSums> | null,
    empty: emptyOf('unpaid'),
    cards: [] as MoneyCard[],
    isLoadingMore: false,
  },
  nextCursor: null as string | null,

  onLoad(query) {
    const stage = (query.list ?? 'unpaid') as Stage
    this.setData({ day: today(Date.now()), stage, part: query.part ?? firstPart(stage) })
  },
  shown(): Shown {
    const { stage, part, day } = this.data
    return { stage, part, day }
  },

  async refresh() {
    const shown = this.shown()
    await refreshPage(this, `payments.${shown.stage}.${shown.part}.${shown.stage === 'payments' ? shown.day : ''}`, {
      load: async () => (await Promise.all([loadDesk(shown), ensureSession()]))[0],
      show: (loaded) => this.show(loaded),
    })
  },
  show({ list, counts }: Loaded) {
    const { stage, day } = this.data
    this.nextCursor = list.nextCursor
    this.setData({
      state: 'ready',
      tabs: tabsOf(counts),
      suspectCount: counts.suspectCount,
      parts: partsOf(stage, counts),
      sums: stage === 'payments' ? viewSums(counts.sums) : null,
      dayWord: sayDate(day, Date.now()),
      empty: emptyOf(stage),
      cards: list.cards,
    })
  },

  turnTo(change: Partial<Shown>) {
    this.setData({ ...change, state: 'loading', cards: [], sums: null })
    void this.refresh()
  },
  onStage(event: Told<{ stage: Stage }>) {
    this.turnTo({ stage: event.detail.stage, part: firstPart(event.detail.stage) })
  },
  onSuspects() {
    this.turnTo({ stage: 'suspect', part: '' })
  },
  onPart(event: Told<{ key: string }>) {
    this.turnTo({ part: event.detail.key })
  },
  onDay(event: Told<{ value: string }>) {
    this.turnTo({ day: event.detail.value })
  },
  async onReachBottom() {
    await loadMore(this, (cursor) => loadOn(this.shown(), cursor), ({ cards }) => this.setData({ cards: [...this.data.cards, ...cards] }))
  },
  onCard(event: Told<{ billId: string }>) {
    openPage(billDetailPage(event.detail.billId))
  },
})
