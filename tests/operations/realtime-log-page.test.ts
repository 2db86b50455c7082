import { placeOf } from '../../miniprogram/support/realtime-log'
import { loadPage, networkFailure, phone, refusal } from '../support/load-page'

const page = 'features/operations/pages/checklist/checklist'
const open = (checklist: () => unknown) => loadPage(page, { functions: { operations: { checklist } } })

describe('the log on the phone', () => {
  it('says which call failed and how, and nothing of what was sent', async () => {
    await open(() => { throw refusal('INTERNAL', '系统出了点问题') })
    expect(phone.asked('wx.log.error').map(({ options }) => options)).toEqual([
      { words: 'call failed', about: { function: 'operations', action: 'checklist', code: 'INTERNAL', requestId: 'test' } },
    ])
  })

  it('says that a call never arrived', async () => {
    await open(() => { throw networkFailure() })
    expect(phone.asked('wx.log.error')).toMatchObject([{ options: { about: { code: 'UNREACHABLE', requestId: '' } } }])
  })

  it('is no trouble for a WeChat that has none', async () => {
    phone.wx.getRealtimeLogManager = undefined
    expect((await open(() => { throw refusal('FORBIDDEN', '您没有权限') })).text()).toContain('您没有权限')
  })

  it('keeps of an uncaught error its kind and its place: its words may be a person’s', () => {
    const error = 'MiniProgramError\n王秀英 13800135010 不能为空\nTypeError: 王秀英 13800135010 不能为空\n    at onSave (brand-form.js:80:3)\n    at Object.run (WAService.js:1:1)'
    expect(placeOf(error)).toBe('TypeError at onSave (brand-form.js:80:3) at Object.run (WAService.js:1:1)')
    expect(placeOf('说不清的错')).toBe('Error')
  })
})
