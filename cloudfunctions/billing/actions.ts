import { readConfiguration } from '../_shared/configuration'
import type { Input, Output } from '../_shared/contract'
import { forbidden, notFound } from '../_shared/errors'
import type { Situation } from '../_shared/serve'
import { billSteps } from './bill'
import { cardOf } from './bill-reply'
import { limits, type BillingContract } from './contract'
import { cannotPayBecause } from './merchant'
import { billsOfDesk, billsOfHouse, owedByHouse, unpaidOfDesk } from './repository'

type In<A extends keyof BillingContract> = Input<BillingContract, A>
type Out<A extends keyof BillingContract> = Output<BillingContract, A>

export const list = async ({ houseId, cursor }: In<'list'>, { caller }: Situation): Promise<Out<'list'>> => {
  const home = caller.houses.find((house) => house.houseId === houseId)
  if (!home) throw notFound('套房屋')
  if (!home.scopes.includes('bills')) throw forbidden('这套房屋的账单由业主查看，如需查看请联系业主')
  const [page, owed, configuration] = await Promise.all([
    billsOfHouse(houseId, cursor, limits.pageSize), owedByHouse(houseId), readConfiguration(home.communityId),
  ])
  const cannotPay = cannotPayBecause(configuration, 'repair')
  return {
    bills: page.documents.map((bill) => cardOf(bill, billSteps(bill, caller, cannotPay === null))),
    nextCursor: page.nextCursor,
    owed: { amountFen: owed.reduce((sum, { amountFen }) => sum + amountFen, 0), count: owed.length },
    cannotPay,
  }
}

export const desk = async ({ status, cursor }: In<'desk'>, { caller }: Situation): Promise<Out<'desk'>> => {
  const post = caller.post!
  const [page, unpaid] = await Promise.all([billsOfDesk(post, status, cursor, limits.pageSize), unpaidOfDesk(post)])
  return { bills: page.documents.map((bill) => cardOf(bill, billSteps(bill, caller, false))), nextCursor: page.nextCursor, unpaid }
}
