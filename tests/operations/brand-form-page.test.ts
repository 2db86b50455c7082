import type { Settings } from '../../cloudfunctions/operations/contract'
import { loadPage, phone, refusal } from '../support/load-page'
import { aSession } from '../support/phone-answers'

const page = 'features/operations/pages/brand-form/brand-form'
const settings: Settings = {
  scope: 'community', name: '梨花苑', mayChangeCompany: false, brand: { name: '邻里物业', color: '#0f7b6c', logoFileId: null, servicePhone: '021-5550-1200', emergencyPhone: '021-5550-1999' },
  robot: '…7400', templates: [{ kind: 'repair_submitted', word: '新报修提醒', templateId: 'TMPL-repair-submitted', keywords: ['thing1'], complaints: [] }],
  payments: { isOpen: false, merchants: { repair: null } }, plan: null, version: 3, uploadPrefix: 'public/brand/x',
}
const open = (configure: (input: Record<string, unknown>) => unknown, more: Partial<Settings> = {}) =>
  loadPage(page, { functions: { operations: { settings: () => ({ ...settings, ...more }), configure }, members: { session: () => aSession() } } })
const type = (field: string, value: string) => ({ currentTarget: { dataset: { field } }, detail: { value } })
const sent = () => phone.asked('operations.configure').map(({ options }) => options as Record<string, unknown>)

describe('品牌与联系方式', () => {
  it('sends only what was changed, with the version it was changed from', async () => {
    const form = await open(() => ({ version: 4, color: '#0f7b6c', isColorCorrected: false }))
    await form.call('onField', type('servicePhone', '021-5550-1234'))
    await form.call('onSave')
    expect(sent()).toEqual([{ requestId: expect.any(String), scope: 'community', version: 3, brand: { ...settings.brand, servicePhone: '021-5550-1234' } }])
    expect(form.text()).toContain('保存好了，住户一分钟内看到')
  })

  it('says when a colour had to be made darker', async () => {
    const form = await open(() => ({ version: 4, color: '#7a6600', isColorCorrected: true }))
    await form.call('onField', type('color', '#ffd600'))
    await form.call('onSave')
    expect(form.text()).toContain('白字看不清，已经自动调深')
  })

  it('shows beside the field what is wrong with it, and keeps what was typed; trying again is the same request', async () => {
    const form = await open(() => { throw refusal('INVALID_INPUT', '请填写电话号码', { fields: { 'brand.servicePhone': '请填写电话号码，只用数字和短横线' } }) })
    await form.call('onField', type('servicePhone', '打给我'))
    await form.call('onSave')
    await form.call('onSave')
    expect(form.text()).toContain('请填写电话号码，只用数字和短横线')
    expect((form.data.draft as { servicePhone: string }).servicePhone).toBe('打给我')
    expect(sent()[0]!.requestId).toBe(sent()[1]!.requestId)
  })

  it('shows a robot’s address never, only its end, and a pasted one is sent', async () => {
    const form = await open(() => ({ version: 4, color: '#0f7b6c', isColorCorrected: false }))
    expect(form.text()).toContain('已经设置，地址末尾…7400')
    await form.call('onField', type('webhook', ' https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x '))
    await form.call('onTemplate', type('repair_submitted', ''))
    await form.call('onSave')
    expect(sent()[0]).toMatchObject({ webhook: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=x', templates: [{ kind: 'repair_submitted', templateId: null }] })
    expect(sent()[0]).not.toHaveProperty('brand')
  })

  it('opens online collection with the merchant that was typed, and shows the refusal beside it', async () => {
    const form = await open(() => { throw refusal('INVALID_INPUT', '商户号是 8 到 10 位数字', { fields: { 'payments.merchants.repair': '商户号是 8 到 10 位数字' } }) })
    await form.call('onField', type('repairMerchant', ' 1600000001 '))
    await form.call('onCollecting', { detail: { key: 'open' } })
    await form.call('onSave')
    expect(sent()).toEqual([{ requestId: expect.any(String), scope: 'community', version: 3, payments: { isOpen: true, merchants: { repair: '1600000001' } } }])
    expect(form.text()).toContain('商户号是8到10位数字')
  })

  it('has no merchant for the company: each community has its own', async () => {
    expect((await open(() => ({}))).text()).toContain('微信支付商户号')
    expect((await open(() => ({}), { scope: 'company', payments: null })).text()).not.toContain('微信支付商户号')
  })

  it('offers the whole company only to who manages all of it', async () => {
    expect((await open(() => ({}))).text()).not.toContain('全公司')
    const all = await open(() => ({}), { mayChangeCompany: true })
    await all.call('onScope', { detail: { key: 'company' } })
    expect(phone.asked('operations.settings').at(-1)).toMatchObject({ options: { scope: 'company' } })
    expect(all.text()).toContain('云开发套餐')
  })
})
