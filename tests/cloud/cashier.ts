import { startTestCloud } from './cloud-fixture'
import type { TestCloud } from './cloud-fixture'

// What it is told, and how often it is still to refuse, are kept in the database: calls may run in different processes.
const callback = {
  code: `exports.main = async (event, context) => {
      const notes = db.collection('notes');
      if (event.refuse !== undefined) return notes.doc('refusals').set({ data: { left: event.refuse } });
      await notes.add({ data: { told: context.function_name, event, context: cloud.getWXContext() } });
      const { stats } = await notes.where({ _id: 'refusals', left: db.command.gt(0) }).update({ data: { left: db.command.inc(-1) } });
      if (stats.updated > 0) throw new Error('not now');
      return { errcode: 0, errmsg: 'OK' } }`,
}
const functions = {
  pay: { code: 'exports.main = async (event) => attempt(cloud.cloudPay[event.api](event.args))' },
  'payment-callback': callback,
  'refund-callback': callback,
}

type Reply = any
type Options = Parameters<typeof startTestCloud>[0]

/** A cloud with a function that pays and two that are told of it. */
export const startCashier = (options: Options = {}): Promise<TestCloud> => startTestCloud({ functions, ...options })

export const ofCashier = (cloud: TestCloud) => {
  const use = (api: string, args: Record<string, unknown>): Promise<Reply> =>
    cloud.call('pay', { api, args: { subMchId: '1600000001', nonceStr: 'n', ...args } })
  return {
    use,
    /** An order of 120.50 yuan. */
    place: (outTradeNo: string, changes: Record<string, unknown> = {}): Promise<Reply> =>
      use('unifiedOrder', {
        functionName: 'payment-callback',
        envId: 'local-env',
        body: '邻里-物业费',
        outTradeNo,
        totalFee: 12050,
        spbillCreateIp: '127.0.0.1',
        tradeType: 'JSAPI',
        attach: 'home-1',
        ...changes,
      }),
    refund: (outTradeNo: string, outRefundNo: string, refundFee: number, changes: Record<string, unknown> = {}): Promise<Reply> =>
      use('refund', {
        outTradeNo,
        outRefundNo,
        totalFee: 12050,
        refundFee,
        envId: 'local-env',
        functionName: 'refund-callback',
        ...changes,
      }),
    decide: async (body: Record<string, unknown>): Promise<Reply> => (await cloud.post('/control/pay', body)).body,
    /** What a callback function was told about an order or a refund. */
    tellings: async (functionName: string, field: string, number: string): Promise<Reply[]> =>
      (await cloud.get('/control/collection?name=notes')).body.documents.filter(
        (note: { told?: string; event: Record<string, string> }) => note.told === functionName && note.event[field] === number,
      ),
  }
}
export type Cashier = ReturnType<typeof ofCashier>
