import type { Charged } from '../billing/bill'
import type { RepairOrder } from './repair'

/**
 * What the household has to pay for the finished work; null for nothing, and for a place that is nobody's home. Finished again after it was
 * reopened, it is charged anew: what was paid for the first time stays paid for that.
 */
export const chargedOf = ({ _id, charges, houseId, place, reopenCount, orderNo, communityId, communityName, houseLabel, building }: RepairOrder): Charged | null => {
  if (charges === null || houseId === null || place !== null) return null
  const lines = charges.lines.map(({ name, unit, quantity, priceFen, amountFen }) => ({ name, unit, quantity, priceFen, amountFen }))
  return {
    communityId, communityName, houseId, houseLabel, building, charge: 'repair', source: { kind: 'repair', id: _id, number: orderNo }, occasion: reopenCount,
    title: '维修费', lines, amountFen: charges.totalFen,
  }
}
