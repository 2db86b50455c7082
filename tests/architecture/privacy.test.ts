import fs from 'node:fs'
import { inRoot } from '../../tools/root'
import { askedByThePhone, askedIn, declarationFile } from '../support/privacy-asked'
import { readJson } from '../support/tree'

describe('the privacy declaration', () => {
  it('names exactly what the phone asks of people, each with its reason', () => {
    const declared = fs.existsSync(inRoot(declarationFile)) ? readJson<{ declared: { api: string; information: string[]; reason: string }[] }>(declarationFile).declared : []
    expect(declared.map((one) => one.api).sort()).toEqual(askedByThePhone())
    expect(declared.filter((one) => one.reason.length < 10 || one.information.length === 0)).toEqual([])
  })

  it.each([
    ['await wx.chooseMedia({ count: 9 })', ['wx.chooseMedia']],
    ['<button open-type="getPhoneNumber" bindgetphonenumber="onPhone" />', ['open-type=getPhoneNumber']],
    ["<t-button open-type=\"{{isNew ? 'chooseAvatar' : ''}}\" />", ['open-type=chooseAvatar']],
    ['<input type="nickname" />', ['type=nickname']],
    ['{"usingComponents":{"t-upload":"tdesign-miniprogram/upload/upload"}}', ['wx.chooseMedia']],
    ['wx.chooseMediaLater()', []],
    ['wx.previewImage({})', []],
  ])('sees in %s: %j', (source, asked) => {
    expect(askedIn(source)).toEqual(asked)
  })
})
