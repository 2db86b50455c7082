import { decideContent, listContentReviews } from '../../../../services/repair-desk'
import { ask, toast } from '../../../../support/ask'
import type { Tap } from '../../../../support/events'
import { asksWhenShown, loadAsMuch, loadMore, notLoaded, refreshPage } from '../../../../support/refreshing'
import { calm, submit } from '../../../../support/submitting'
import { type ReviewView, viewReview } from '../../review-view'

Page({
  ...asksWhenShown,
  data: {
    ...notLoaded,
    ...calm,
    reviews: [] as ReviewView[],
    isLoadingMore: false,
  },
  nextCursor: null as string | null,

  async refresh() {
    await refreshPage(this, 'content-reviews', {
      load: () => loadAsMuch(this.data.reviews.length, listContentReviews, ({ reviews }) => reviews),
      show: ({ rows, nextCursor }) => {
        this.nextCursor = nextCursor
        this.setData({ state: 'ready', reviews: rows.map((row) => viewReview(row, Date.now())) })
      },
    })
  },
  async onReachBottom() {
    await loadMore(this, listContentReviews, ({ reviews }) =>
      this.setData({ reviews: [...this.data.reviews, ...reviews.map((row) => viewReview(row, Date.now()))] }))
  },
  async onPass(event: Tap<{ id: string }>) {
    await this.decide(event.currentTarget.dataset.id, true)
  },
  async onRefuse(event: Tap<{ id: string; consequence: string }>) {
    const { id, consequence } = event.currentTarget.dataset
    if (await ask({ title: '不展示这条内容？', content: consequence, confirm: '不展示' })) await this.decide(id, false)
  },
  async decide(reviewId: string, isFit: boolean) {
    const decided = await submit(this, `review ${reviewId} ${isFit}`, (requestId) => decideContent({ requestId, reviewId, isFit }), ({ message }) => toast(message))
    if (decided) toast(isFit ? '已通过' : '不再展示')
    await this.refresh()
  },
})
