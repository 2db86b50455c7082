import { deferredSteps, sendDeferred } from '../../miniprogram/services/deferred-steps'
import { rememberSession } from '../../miniprogram/support/session'
import { loadPage, networkFailure, refusal, settle } from '../support/load-page'
import { anOpenedRepair, aSession, technicianPost } from '../support/phone-answers'

const page = 'features/repairs/pages/repair-detail/repair-detail'
type Sent = { requestId: string; note: string; photos: string[] }

/** A technician in a cellar: what he sends does not arrive until `isDown` is false. */
const open = async (answer: (sent: Sent) => unknown) => {
  const order = await loadPage(page, { query: { repairId: 'r-1' }, functions: {
    repairs: { get: () => anOpenedRepair({ status: 'in_progress', nextSteps: ['complete', 'hold'] }, 'repairs/m-chen'), complete: answer },
    messages: { recordConsent: () => ({ quotaCount: 1 }) },
  } })
  await order.call('onStep', { detail: { step: 'complete' } })
  await order.call('onWrite', { detail: { note: '换了软管' } })
  return order
}

describe('work that is finished where there is no network', () => {
  beforeEach(() => {
    rememberSession(aSession({ post: technicianPost }))
    deferredSteps.set([])
  })

  it('is kept on the phone, said so, and offers nothing else to do meanwhile', async () => {
    const order = await open(() => { throw networkFailure() })
    await order.call('onSubmitStep')
    expect(order.text()).toContain('没有网络，已存在手机里；有网络时自动提交')
    expect(order.text()).not.toContain('填写完工')
    expect(deferredSteps.get()).toMatchObject([{ repairId: 'r-1', step: 'complete', input: { note: '换了软管' } }])
  })

  it('is sent under the same request id once there is a network, and not again', async () => {
    const sent: Sent[] = []
    const order = await open((input) => {
      sent.push(input)
      if (sent.length === 1) throw networkFailure()
      return { repairId: 'r-1', status: 'completed' }
    })
    await order.call('onSubmitStep')
    await Promise.all([sendDeferred(), sendDeferred()])
    await sendDeferred()
    await settle()
    expect(sent).toHaveLength(2)
    expect(sent[1]).toEqual(sent[0])
    expect(deferredSteps.get()).toEqual([])
    expect(order.text()).not.toContain('没有网络')
  })

  it('stays on the phone while there is still no network', async () => {
    const order = await open(() => { throw networkFailure() })
    await order.call('onSubmitStep')
    await sendDeferred()
    expect(deferredSteps.get()).toHaveLength(1)
    expect(deferredSteps.get()[0]?.refusal).toBeUndefined()
  })

  it('says why when the order had ended meanwhile, and asks no more', async () => {
    let count = 0
    const order = await open(() => {
      count += 1
      if (count === 1) throw networkFailure()
      throw refusal('CONFLICT', '这张报修单已经取消')
    })
    await order.call('onSubmitStep')
    await sendDeferred()
    await sendDeferred()
    await settle()
    expect(count).toBe(2)
    expect(order.text()).toContain('没能提交：这张报修单已经取消')
    await order.call('onDeferred')
    expect(order.text()).not.toContain('没能提交')
    expect(deferredSteps.get()).toEqual([])
  })

  it('is not how a step is taken that somebody waits for: it says that there is no network', async () => {
    const order = await loadPage(page, { query: { repairId: 'r-1' }, functions: { repairs: {
      get: () => anOpenedRepair({ nextSteps: ['hold'] }), hold: () => { throw networkFailure() },
    } } })
    await order.call('onStep', { detail: { step: 'hold' } })
    await order.call('onWrite', { detail: { note: '等配件', until: '2026-05-06' } })
    await order.call('onSubmitStep')
    expect(order.text()).toContain('网络不太好，请检查网络后再试')
    expect(deferredSteps.get()).toEqual([])
  })
})
