import fs from 'node:fs'
import { inRoot } from '../../tools/root'
import { filesUnder, read, readJson } from '../support/tree'

// Interfaces that WeChat refuses until the privacy declaration (用户隐私保护指引) names what they take.
const interfaces = (
  'chooseMedia chooseImage chooseVideo chooseMessageFile saveImageToPhotosAlbum saveVideoToPhotosAlbum getRecorderManager startRecord createCameraContext ' +
  'getLocation getFuzzyLocation chooseLocation choosePoi startLocationUpdate startLocationUpdateBackground onLocationChange chooseAddress chooseInvoiceTitle ' +
  'chooseInvoice chooseLicensePlate getWeRunData getUserProfile getUserInfo addPhoneContact chooseContact addPhoneCalendar addPhoneRepeatCalendar ' +
  'getClipboardData setClipboardData openBluetoothAdapter startBluetoothDevicesDiscovery createBLEConnection startAccelerometer startCompass startGyroscope joinVoIPChat'
).split(' ')
const openTypes = ['getPhoneNumber', 'getRealtimePhoneNumber', 'chooseAvatar', 'getUserInfo']

/** What a piece of the phone's source asks of a person: `wx.chooseMedia`, `open-type=getPhoneNumber`, `<camera>` … */
const askedIn = (source: string): string[] => [
  ...interfaces.filter((name) => new RegExp(`\\bwx\\s*\\.\\s*${name}\\b`).test(source)).map((name) => `wx.${name}`),
  ...openTypes.filter((name) => new RegExp(`open-type="[^"]*\\b${name}\\b`).test(source)).map((name) => `open-type=${name}`),
  ...(/<camera\b/.test(source) ? ['<camera>'] : []),
  ...(/type=["']nickname["']/.test(source) ? ['type=nickname'] : []),
  // It chooses photos and videos by itself.
  ...(/tdesign-miniprogram\/upload\/upload/.test(source) ? ['wx.chooseMedia'] : []),
]

const declarationFile = 'miniprogram/privacy.json'

describe('the privacy declaration', () => {
  it('names exactly what the phone asks of people, each with its reason', () => {
    const asked = new Set(filesUnder('miniprogram', /\.(ts|wxml|json)$/).filter((file) => file !== declarationFile).flatMap((file) => askedIn(read(file))))
    const declared = fs.existsSync(inRoot(declarationFile)) ? readJson<{ declared: { api: string; information: string[]; reason: string }[] }>(declarationFile).declared : []
    expect(declared.map((one) => one.api).sort()).toEqual([...asked].sort())
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
