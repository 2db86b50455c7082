import type { PhoneInBrowser } from '../support/phone-in-browser'
import { billedRepair, finishRepair, quotedRepair } from './billed-repair'
import { openVillageInBrowser, type VillageInBrowser } from './village-in-browser'

const billPages = 'features/billing/pages'
const orderPage = (repairId: string) => `features/repairs/pages/repair-detail/repair-detail?repairId=${repairId}`
const billPage = (repairId: string) => `${billPages}/bill-detail/bill-detail?billId=repair_${repairId}_0`

let village: VillageInBrowser
beforeAll(async () => {
  village = await openVillageInBrowser()
})
afterAll(() => village?.close())

const billed = async (description: string): Promise<string> => (await billedRepair(village, description)).repairId

const button = (phone: PhoneInBrowser, name: string) => phone.page.getByRole('button', { name }).filter({ visible: true }).last()
/** WeChat's own sheet. */
const answerSheet = async (phone: PhoneInBrowser, answer: '支付' | '取消') => {
  await phone.sees('请输入支付密码')
  await phone.page.getByText(answer, { exact: true }).filter({ visible: true }).last().tap()
}
/** What WeChat Pay does when the sheet is confirmed, other than all being well. */
const atWeChatPay = (phone: PhoneInBrowser, outcome: string) =>
  phone.page.route('**/control/pay', (route) => {
    const asked = route.request().postDataJSON() as { outTradeNo: string; outcome: string }
    return route.continue({ postData: JSON.stringify({ ...asked, outcome: asked.outcome === 'success' ? outcome : asked.outcome }) })
  })
const leaveCalm = async (...phones: PhoneInBrowser[]) => {
  for (const phone of phones) {
    expect(await phone.troubles()).toEqual([])
    await phone.close()
  }
}

it('what a resident accepted is billed when it is done, paid in WeChat’s sheet, and stands on the order and at the cashier’s', async () => {
  const repairId = await quotedRepair(village, '厨房角阀漏水')
  const wang = await village.hold('wang', { route: orderPage(repairId) })
  await wang.tap('接受报价')
  await wang.page.getByRole('button', { name: '接受报价' }).last().tap()
  await wang.tap('允许')
  await wang.sees('已接受')
  await finishRepair(village, repairId)

  await wang.show(village.url, 'pages/home/home')
  await wang.sees('2 笔待缴')
  await wang.sees('¥210.00')
  await wang.photograph('home-owed')
  await wang.show(village.url, orderPage(repairId))
  await wang.sees('待缴 ¥80.00')
  await wang.photograph('repair-billed')
  await wang.tap('去支付')
  await wang.sees('费用明细')
  await wang.photograph('bill-owed')
  await button(wang, '微信支付 ¥80.00').tap()
  await answerSheet(wang, '支付')
  await wang.sees('付好了，已经入账')
  await wang.photograph('bill-paid')

  await wang.show(village.url, orderPage(repairId))
  await wang.sees('已支付 ¥80.00')
  await wang.photograph('repair-paid')
  await wang.show(village.url, `${billPages}/bill-list/bill-list`)
  await wang.sees('¥130.00')
  await wang.doesNotSee('¥80.00')
  await wang.tap('全部')
  await wang.sees('¥80.00')

  const qian = await village.hold('qian', { route: 'pages/desk/desk' })
  await qian.tap('收费台')
  await qian.tap('收款')
  await qian.sees('今天收款 1 笔')
  await qian.sees('微信支付 1 笔')
  await qian.photograph('takings')
  await leaveCalm(wang, qian)
})

it('who calls paying off can pay at once, and money whose news was lost is 入账中 until it has arrived', async () => {
  const repairId = await billed('洗手盆角阀漏水')
  const wang = await village.hold('wang', { route: billPage(repairId) })
  await button(wang, '微信支付 ¥80.00').tap()
  await answerSheet(wang, '取消')
  await wang.sees('已取消，没有付款；随时可以再付')
  await wang.photograph('bill-called-off')

  await atWeChatPay(wang, 'callback-lost')
  await village.post('/control/fault', { kind: 'api', name: 'cloudPay.queryOrder', errcode: -1, times: 100 })
  await button(wang, '微信支付 ¥80.00').tap()
  await answerSheet(wang, '支付')
  await wang.sees('入账中')
  expect(await wang.page.getByRole('button', { name: '微信支付' }).filter({ visible: true }).count()).toBe(0)
  await wang.photograph('bill-posting')
  await village.post('/control/fault', { kind: 'none' })
  await wang.sees('付好了，已经入账')
  await wang.sees('已支付')
  await leaveCalm(wang)
})

it('money goes back when one has asked and another has agreed, and the order keeps bill and refund', async () => {
  const repairId = await billed('浴室角阀漏水')
  const wang = await village.hold('wang', { route: billPage(repairId) })
  await button(wang, '微信支付 ¥80.00').tap()
  await answerSheet(wang, '支付')
  await wang.sees('付好了，已经入账')

  const qian = await village.hold('qian', { route: billPage(repairId) })
  await qian.tap('申请退款')
  await qian.page.getByLabel('退多少').filter({ visible: true }).fill('30')
  await qian.tap('多收了')
  await qian.photograph('refund-asking')
  await qian.tap('提交申请')
  await qian.sees('已提交，等另一位管理员审批')
  await qian.sees('待审批')

  const he = await village.hold('he', { route: 'pages/desk/desk' })
  await he.tap('退款审批')
  await he.sees('待审批 1')
  await he.photograph('refunds-waiting')
  await he.tap('去审批')
  await he.tap('同意退款')
  await he.photograph('refund-agreeing')
  await he.tap('同意退 ¥30.00')
  await he.sees('已同意退款')
  await village.post('/control/timer', { name: 'tick', time: new Date().toISOString() })
  const [{ refundId }] = (await village.call('he', 'refunds', 'list', { status: 'approved' })).refunds as [{ refundId: string }]
  await village.post('/control/pay', { outRefundNo: refundId, outcome: 'success' })

  await wang.show(village.url, orderPage(repairId))
  await wang.sees('已支付 ¥80.00，退了 ¥30.00')
  await wang.photograph('repair-refunded')
  await wang.tap('看账单')
  await wang.sees('部分退款')
  await wang.sees('微信原路退回')
  await wang.photograph('bill-refunded')
  await leaveCalm(wang, qian, he)
})

it('cash at the counter settles the bill, once, and the household sees who took it', async () => {
  const repairId = await billed('阳台角阀漏水')
  const qian = await village.hold('qian', { route: `${billPages}/payment-desk/payment-desk` })
  await qian.sees('3号楼2单元501')
  await qian.tap('去收款')
  await button(qian, '登记收款 ¥80.00').tap()
  await qian.page.getByLabel('交款人').filter({ visible: true }).fill('王女士')
  await qian.photograph('cash-recording')
  await qian.tap('已收到 ¥80.00')
  await qian.sees('收款已登记')
  await qian.sees('已支付')

  const wang = await village.hold('wang', { route: billPage(repairId) })
  await wang.sees('已支付')
  await wang.sees('王女士')
  await wang.photograph('bill-paid-cash')
  await leaveCalm(qian, wang)
})
