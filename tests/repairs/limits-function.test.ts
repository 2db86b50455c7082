import { newRequest, openVillage, type Village } from '../support/village'
import { ordersOf } from './working-village'

let village: Village
beforeAll(async () => { village = await openVillage() })
afterAll(() => village.close())

describe('a talk', () => {
  it('a resident cannot say more than sixty things an hour; the technician and the desk are not locked out', async () => {
    await village.post('/control/clock', { now: '2026-11-24T08:00:00Z' })
    const repairId = await ordersOf(village).assigned()
    const say = (who: string) => village.as(who).call('repairs', 'sendMessage', { repairId, requestId: newRequest(), text: '几点来？' })
    const sayOften = async (who: string, times: number) => {
      for (let n = 0; n < times; n += 1) expect(await say(who)).toMatchObject({ ok: true })
    }
    await sayOften('wang', 60)
    expect(await say('wang')).toMatchObject({ ok: false, error: { code: 'CONFLICT', reason: 'RATE_LIMITED', message: '操作太频繁了，请在 17:00 以后再试' } })
    await sayOften('chen', 61)
    await sayOften('zhou', 61)
  })
})
