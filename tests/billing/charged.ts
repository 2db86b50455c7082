// Finished work that costs something, brought about as people do.
import type { Bill } from '../../cloudfunctions/billing/bill'
import { ordersOf } from '../repairs/working-village'
import type { Village } from '../support/village'

/** 80 yuan: a visit and two valves. */
export const lines = [{ itemId: 'visit', quantity: 1 }, { itemId: 'angle-valve', quantity: 2 }]
export const costFen = 8_000

export const chargesOf = (village: Village) => {
  const orders = ordersOf(village)
  const finish = async (repairId: string) => {
    await orders.must('chen', 'quote', { repairId, lines })
    await orders.must('wang', 'accept', { repairId })
    await orders.must('chen', 'complete', { repairId, note: '换了两个三角阀', photos: [] })
  }
  const stored = async (billId: string) => (await village.documents('bills')).find(({ _id }) => _id === billId) as unknown as Bill
  return {
    orders, finish, stored,
    /** 王秀英's finished repair, and its bill of 80 yuan. */
    charged: async (): Promise<{ repairId: string; billId: string }> => {
      const repairId = await orders.started()
      await finish(repairId)
      return { repairId, billId: `repair_${repairId}_0` }
    },
    billIds: async () => (await village.documents('bills')).map(({ _id }) => String(_id)),
  }
}

/** What 王秀英 lets her tenant 李明 do for the house. */
export const letTenant = async (village: Village, ...scopes: string[]): Promise<void> => {
  const li = (await village.documents('members')).find(({ _id }) => _id === 'm-li')!
  await village.alter('members', 'm-li', { houses: (li.houses as object[]).map((house) => ({ ...house, scopes })) })
}

/** Whether one may pay by WeChat in the village; read by processes that begin after it. */
export const setPayments = (village: Village, payments: object | null): Promise<void> => village.alter('configurations', 'c-lihua', { payments })
