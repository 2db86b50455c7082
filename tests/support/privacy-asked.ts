import { filesUnder, read } from './tree'

// Interfaces that WeChat refuses until the privacy declaration (用户隐私保护指引) names what they take.
const interfaces = (
  'chooseMedia chooseImage chooseVideo chooseMessageFile saveImageToPhotosAlbum saveVideoToPhotosAlbum getRecorderManager startRecord createCameraContext ' +
  'getLocation getFuzzyLocation chooseLocation choosePoi startLocationUpdate startLocationUpdateBackground onLocationChange chooseAddress chooseInvoiceTitle ' +
  'chooseInvoice chooseLicensePlate getWeRunData getUserProfile getUserInfo addPhoneContact chooseContact addPhoneCalendar addPhoneRepeatCalendar ' +
  'getClipboardData setClipboardData openBluetoothAdapter startBluetoothDevicesDiscovery createBLEConnection startAccelerometer startCompass startGyroscope joinVoIPChat'
).split(' ')
const openTypes = ['getPhoneNumber', 'getRealtimePhoneNumber', 'chooseAvatar', 'getUserInfo']

/** What a piece of the phone's source asks of a person: `wx.chooseMedia`, `open-type=getPhoneNumber`, `<camera>` … */
export const askedIn = (source: string): string[] => [
  ...interfaces.filter((name) => new RegExp(`\\bwx\\s*\\.\\s*${name}\\b`).test(source)).map((name) => `wx.${name}`),
  ...openTypes.filter((name) => new RegExp(`open-type="[^"]*\\b${name}\\b`).test(source)).map((name) => `open-type=${name}`),
  ...(/<camera\b/.test(source) ? ['<camera>'] : []),
  ...(/type=["']nickname["']/.test(source) ? ['type=nickname'] : []),
  // It chooses photos and videos by itself.
  ...(/tdesign-miniprogram\/upload\/upload/.test(source) ? ['wx.chooseMedia'] : []),
]

export const declarationFile = 'miniprogram/privacy.json'

/** What the whole phone asks, sorted. */
export const askedByThePhone = (): string[] =>
  [...new Set(filesUnder('miniprogram', /\.(ts|wxml|json)$/).filter((file) => file !== declarationFile).flatMap((file) => askedIn(read(file))))].sort()
