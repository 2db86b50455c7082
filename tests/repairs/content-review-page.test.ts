import { viewReview } from '../../miniprogram/features/repairs/review-view'
import { loadPage, networkFailure, phone, refusal } from '../support/load-page'

const page = 'features/repairs/pages/content-review/content-review'
const words = {
  reviewId: 'c-1', part: 'report', words: '电梯\n有人在里面乱写', photo: null, place: '1号楼', byRole: 'resident', reason: 'doubtful', createdAt: '2026-05-03T06:30:00.000Z',
}
const photo = { ...words, reviewId: 'c-2', part: 'work', words: '', photo: { fileId: 'cloud://a/1.jpg', url: 'http://a/1.jpg' }, byRole: 'technician', reason: 'contradicted' }
const tap = (id: string) => ({ currentTarget: { dataset: { id, consequence: '以后不能改回来' } } })
const open = (desk: Record<string, (input: never) => unknown> = {}) => loadPage(page, { functions: {
  'repair-desk': { contentReviews: () => ({ reviews: [words, photo], nextCursor: null }), decideContent: ({ reviewId }: { reviewId: string }) => ({ reviewId }), ...desk },
} })
const decisions = () => phone.asked('repair-desk.decideContent').map(({ options }) => options)

describe('what people review', () => {
  it('shows what it is, where, by whom as what, and why it is here', async () => {
    const list = await open()
    expect(list.text()).toContain('微信拿不准')
    expect(list.text()).toContain('有人在里面乱写')
    expect(list.text()).toContain('住户的报修')
    expect(list.text()).toContain('1号楼')
    expect(list.text()).toContain('通过后微信判为违规')
    expect(list.text()).toContain('师傅的维修进度照片')
  })

  it('says of an incident what residents see instead', async () => {
    const incident = { ...words, part: 'incident', words: '水管爆了', byRole: 'clerk', place: '2号楼、3号楼' }
    const list = await open({ contentReviews: () => ({ reviews: [incident], nextCursor: null }) })
    expect(list.text()).toContain('客服的突发事件')
    expect(viewReview(incident as never, 0).consequence).toBe('住户看不到这段文字，只知道哪几栋楼出了什么事；可以另写一条更新。')
  })

  it('passes at a tap, and hides only after the person has read what that means', async () => {
    const list = await open()
    await list.call('onPass', tap('c-1'))
    expect(decisions()).toMatchObject([{ reviewId: 'c-1', isFit: true, requestId: expect.any(String) }])
    phone.stub('showModal', () => ({ confirm: false }))
    await list.call('onRefuse', tap('c-2'))
    expect(decisions()).toHaveLength(1)
    expect(phone.asked('wx.showModal').at(-1)?.options).toMatchObject({ content: '以后不能改回来' })
    phone.stub('showModal', () => ({ confirm: true }))
    await list.call('onRefuse', tap('c-2'))
    expect(decisions()[1]).toMatchObject({ reviewId: 'c-2', isFit: false })
  })

  it('says in the words of the server that a colleague was quicker, and shows what is left', async () => {
    let left = [words, photo]
    const list = await open({
      contentReviews: () => ({ reviews: left, nextCursor: null }),
      decideContent: () => {
        left = [photo]
        throw refusal('CONFLICT', '同事已经复核过这一条了')
      },
    })
    await list.call('onPass', tap('c-1'))
    expect(phone.asked('wx.showToast').at(-1)?.options).toMatchObject({ title: '同事已经复核过这一条了' })
    expect(list.text()).not.toContain('有人在里面乱写')
  })

  it('says when nothing waits', async () => {
    expect((await open({ contentReviews: () => ({ reviews: [], nextCursor: null }) })).text()).toContain('没有要复核的内容')
  })

  it('never looks done when it could not be asked', async () => {
    const failed = await open({ contentReviews: () => { throw networkFailure() } })
    expect(failed.text()).toContain('暂时没能加载出来')
    expect(failed.text()).not.toContain('没有要复核的内容')
  })

  it('goes on with the next page', async () => {
    const list = await open({ contentReviews: ({ cursor }: { cursor?: string }) => (cursor ? { reviews: [photo], nextCursor: null } : { reviews: [words], nextCursor: 'next' }) })
    await list.call('onReachBottom')
    expect((list.data.reviews as { reviewId: string }[]).map(({ reviewId }) => reviewId)).toEqual(['c-1', 'c-2'])
  })
})
