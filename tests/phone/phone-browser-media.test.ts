import { openBrowserWorld, type BrowserWorld } from './support/browser-world'
import { takePhone, type Hand } from './support/hand'

let world: BrowserWorld
let hand: Hand
beforeAll(async () => {
  world = await openBrowserWorld()
  hand = await takePhone(world.browser, world.cloud.url, 'touch')
  await hand.open('/pages/home/home?x=1')
})
afterAll(async () => {
  await hand?.close()
  await world?.close()
})

/** A short film, made by the browser itself: a colour that changes. */
const filmed = `new Promise((resolve) => {
  const canvas = document.createElement('canvas')
  const brush = canvas.getContext('2d')
  const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: 'video/webm' })
  const parts = []
  const paint = setInterval(() => { brush.fillStyle = 'hsl(' + Date.now() % 360 + ' 80% 50%)'; brush.fillRect(0, 0, 300, 150) }, 40)
  recorder.ondataavailable = ({ data }) => parts.push(data)
  recorder.onstop = async () => {
    clearInterval(paint)
    resolve(btoa(Array.from(new Uint8Array(await new Blob(parts).arrayBuffer()), (byte) => String.fromCharCode(byte)).join('')))
  }
  recorder.start()
  setTimeout(() => recorder.stop(), 400)
})`

describe('a phone without a microphone', () => {
  it('records a hum while it is told to, and gives a file that plays to its end', async () => {
    const heard = await hand.page.evaluate<{ path: string; duration: number; size: number; told: string[] }>(`new Promise((resolve, reject) => {
      const told = []
      const recorder = wx.getRecorderManager()
      recorder.onStart(() => { told.push('start'); setTimeout(() => recorder.stop(), 600) })
      recorder.onError(({ errMsg }) => reject(new Error(errMsg)))
      recorder.onStop(({ tempFilePath, duration, fileSize }) => {
        told.push('stop')
        const sound = wx.createInnerAudioContext()
        sound.onPlay(() => told.push('play'))
        sound.onError(({ errMsg }) => reject(new Error(errMsg)))
        sound.onEnded(() => { told.push('ended'); sound.destroy(); resolve({ path: tempFilePath, duration, size: fileSize, told }) })
        sound.src = tempFilePath
        sound.play()
      })
      recorder.start({ duration: 60000, format: 'mp3' })
    })`)
    expect(heard.path).toMatch(/^wxfile:\/\/tmp_.*\.mp3$/)
    expect(heard.duration).toBeGreaterThanOrEqual(500)
    expect(heard.size).toBeGreaterThan(100)
    expect(heard.told).toEqual(['start', 'stop', 'play', 'ended'])
  })

  it('records nothing when the finger is lifted before the recording began', async () => {
    const told = await hand.page.evaluate<string[]>(`new Promise((resolve) => {
      const told = []
      const recorder = wx.getRecorderManager()
      recorder.onStart(() => told.push('start'))
      recorder.start({ format: 'mp3' })
      recorder.stop()
      setTimeout(() => resolve(told), 400)
    })`)
    expect(told).toEqual([])
  })
})

describe('a film from the album', () => {
  it('says how large it is, shows its first picture, and plays full screen until it is closed', async () => {
    const film = Buffer.from(await hand.page.evaluate<string>(filmed), 'base64')
    const chooser = hand.page.waitForEvent('filechooser')
    const choosing = hand.page.evaluate<{ tempFilePath: string; fileType: string; thumbTempFilePath: string; width: number }[]>(
      "wx.chooseMedia({ count: 1, mediaType: ['video'] }).then(({ tempFiles }) => tempFiles)",
    )
    await (await chooser).setFiles({ name: 'leak.webm', mimeType: 'video/webm', buffer: film })
    const [chosen] = await choosing
    expect(chosen).toMatchObject({ fileType: 'video', width: 300 })
    expect(chosen?.thumbTempFilePath).toMatch(/\.jpg$/)
    await hand.page.evaluate(`wx.previewMedia({ sources: [{ url: ${JSON.stringify(chosen?.tempFilePath)}, type: 'video' }] })`)
    await hand.until("document.querySelector('.phone-preview video')?.readyState >= 2")
    await hand.page.getByRole('button', { name: '关闭预览' }).tap()
    await hand.until("document.querySelector('.phone-preview') === null")
  })

  it('leaves no trouble behind', () => {
    expect(hand.failures).toEqual([])
  })
})
