import { openVillage, type Village } from '../support/village'
import { refundingIn } from './refunding'

let village: Village
let refunding: ReturnType<typeof refundingIn>
beforeAll(async () => {
  village = await openVillage()
  refunding = refundingIn(village)
})
afterAll(() => village.close())
afterEach(() => refunding.paying.noTrouble())

const check = async () => {
  await village.post('/control/timer', { name: 'nightly', time: new Date().toISOString() })
  for (let round = 0; round < 3; round += 1) await village.tick()
  return (await village.documents('findings')).filter((row) => row.check === 'payments_check' && row.problem !== null).map(({ subjectId, problem }) => `${String(subjectId)} ${String(problem)}`).sort()
}

it('a community’s books agree after money came, was held and went back', async () => {
  const made = await refunding.sent()
  await refunding.decide(made.refundId, 'success')
  await refunding.request('qian', made.paymentId, 1_000)
  await refunding.approvedByWeChat()
  await refunding.paying.started()
  expect(await check()).toEqual([])
  expect((await village.as('he').get('operations', 'status', {})).checks).toEqual(expect.arrayContaining([expect.objectContaining({ check: 'payments_check', word: '账单与收退款核对', findingCount: 0 })]))
})

it('books that do not agree are found in the night, and a manager reads what to do', async () => {
  await village.again()
  const [paid, gone, { repairId, billId }] = [await refunding.paid(), await refunding.paid(), await refunding.paying.charges.charged()]
  await village.alter('payments', paid.paymentId, { reservedFen: 500 })
  await village.alter('bills', gone.billId, { refundedFen: 1 })
  await village.database.run('database.removeDocument', { collectionName: 'bills', queryType: 'DOC', query: JSON.stringify({ _id: billId }), multi: false })
  expect(await check()).toEqual([
    `${paid.paymentId} money_held_without_approved_refund`, `${gone.billId} bill_differs_from_refunds`, `${repairId} order_without_bill`,
  ].sort())
  const { problems } = await village.as('he').get('operations', 'status', {})
  expect(problems.find(({ kind }) => kind === 'findings')).toEqual({
    kind: 'findings', title: '「账单与收退款核对」发现 3 处对不上', advice: '有账单的收款或退款可能对不上，请财务先核对。请把下面的明细交给技术人员',
  })
})
