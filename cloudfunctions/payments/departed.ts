import { departedName, departedStaff, type Departed } from '../_shared/departing'
import type { Bill } from '../billing/bill'
import type { Payment } from './payment'

const staff = { memberId: 'departed', name: departedStaff }
const others = (people: string[], memberId: string): string[] => people.filter((one) => one !== memberId)

/** WeChat Pay says who paid by their openid: until nobody can pay the order any more, it must be known whose it is. */
export const isStillPaying = ({ status, payer }: Payment, memberId: string): boolean => status === 'created' && payer.memberId === memberId

type Person = Pick<Departed, 'memberId' | 'name' | 'houseIds'>

/** Of money that was handed over only a name is known: theirs, for a house of theirs. */
const isPayer = ({ payer, houseId }: Payment, { memberId, name, houseIds }: Person): boolean =>
  payer.memberId === memberId || (payer.memberId === null && payer.name === name && houseIds.includes(houseId))

/** The payment stays in the company's books; who made it or took it down does not. */
export const withoutPerson = (payment: Payment, person: Person): Payment => ({
  ...payment,
  version: payment.version + 1,
  people: others(payment.people, person.memberId),
  payer: isPayer(payment, person) ? { memberId: null, name: departedName, openid: null } : payment.payer,
  recordedBy: payment.recordedBy?.memberId === person.memberId ? staff : payment.recordedBy,
  dismissal: payment.dismissal?.by.memberId === person.memberId ? { ...payment.dismissal, by: staff } : payment.dismissal,
})

export const billWithoutPerson = (bill: Bill, memberId: string): Bill => ({
  ...bill,
  version: bill.version + 1,
  people: others(bill.people, memberId),
  waiver: bill.waiver?.by.memberId === memberId ? { ...bill.waiver, by: staff } : bill.waiver,
})
