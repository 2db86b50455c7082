import type { PhoneInBrowser } from '../support/phone-in-browser'
import { openVillageInBrowser, type VillageInBrowser } from './village-in-browser'

let village: VillageInBrowser
beforeAll(async () => {
  village = await openVillageInBrowser()
})
afterAll(() => village?.close())

/** What a browser's own tools call 3G: 675 kbit/s up, more than half a second there and back. */
const threeG = { offline: false, latency: 562, uploadThroughput: 84_375, downloadThroughput: 180_000 }
/** Half a minute of that, less what the other requests take. */
const mostBytes = 26 * threeG.uploadThroughput

/** A photo as a phone takes one: four megapixels with as much in it as a real one, so that it is as large. */
const takePhoto = async (phone: PhoneInBrowser, seed: number): Promise<Buffer> => {
  const url = await phone.page.evaluate<string>(`(() => {
    const canvas = document.createElement('canvas')
    Object.assign(canvas, { width: 2304, height: 1728 })
    const pen = canvas.getContext('2d')
    let random = ${seed}
    const next = () => (random = (random * 16807) % 2147483647) / 2147483647
    for (let i = 0; i < 3000; i++) {
      pen.fillStyle = 'hsla(' + next() * 360 + ', 40%, ' + next() * 100 + '%, 0.5)'
      pen.fillRect(next() * 2304, next() * 1728, next() * 120, next() * 120)
    }
    return canvas.toDataURL('image/jpeg', 0.9)
  })()`)
  return Buffer.from(url.split(',')[1]!, 'base64')
}

const choosePhotos = async (phone: PhoneInBrowser, count: number) => {
  const photos: { name: string; mimeType: string; buffer: Buffer }[] = []
  for (let i = 1; i <= count; i++) photos.push({ name: `${i}.jpg`, mimeType: 'image/jpeg', buffer: await takePhoto(phone, i) })
  await phone.page.getByLabel('添加照片').filter({ visible: true }).first().tap()
  const [chooser] = await Promise.all([phone.page.waitForEvent('filechooser'), phone.tap('同意')])
  await chooser.setFiles(photos)
}

const reportsOf = async (words: string): Promise<{ _id: string; photos: { fileId: string }[] }[]> => {
  const reply = await fetch(`${village.url}/control/collection?name=repairs`)
  const { documents } = (await reply.json()) as { documents: { _id: string; description: string; photos: { fileId: string }[] }[] }
  return documents.filter(({ description }) => description === words)
}

/** What the photos of an order weigh as they were sent. */
const weightOf = async (repairId: string): Promise<number> => {
  const data = { action: 'get', input: { repairId } }
  const reply = await fetch(`${village.url}/client/call`, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ openid: 'o-village-wang', name: 'repairs', data }),
  })
  const { result } = (await reply.json()) as { result: { data: { repair: { photos: { url: string }[] } } } }
  const sizes = await Promise.all(result.data.repair.photos.map(async ({ url }) => (await (await fetch(url)).arrayBuffer()).byteLength))
  return sizes.reduce((sum, size) => sum + size, 0)
}

it('a report with nine photos over 3G is kept when the network goes, is one order after two taps, and light enough for half a minute', async () => {
  const words = '卫生间天花板漏水，正好滴在插座上'
  const create = 'features/repairs/pages/repair-create/repair-create'
  const wang = await village.hold('wang', { route: create })
  await wang.page.locator('textarea').filter({ visible: true }).last().fill(words)
  await wang.page.getByText('水管漏水', { exact: true }).filter({ visible: true }).first().tap()
  await choosePhotos(wang, 9)
  await wang.page.getByLabel('看第 9 张照片').filter({ visible: true }).waitFor()

  const network = await wang.page.context().newCDPSession(wang.page)
  await network.send('Network.enable')
  await network.send('Network.emulateNetworkConditions', { ...threeG, uploadThroughput: 4_000 })
  await wang.tap('提交报修')
  await wang.tap('允许')
  await wang.sees('正在提交')
  await network.send('Network.emulateNetworkConditions', { ...threeG, offline: true })
  await wang.sees('写的都还在')
  expect(await reportsOf(words)).toEqual([])

  await network.send('Network.emulateNetworkConditions', { ...threeG, latency: 0, uploadThroughput: -1, downloadThroughput: -1 })
  await wang.show(village.url, create)
  await wang.sees('已恢复上次没写完的内容')
  expect(await wang.page.getByLabel(/^看第 \d 张照片$/).filter({ visible: true }).count()).toBe(9)

  await network.send('Network.emulateNetworkConditions', threeG)
  await wang.tap('提交报修')
  await wang.tap('允许')
  await wang.text('正在提交').tap({ force: true })
  await wang.sees('报修已提交')
  await wang.photograph('repair-over-3g')
  const orders = await reportsOf(words)
  expect(orders).toHaveLength(1)
  expect(new Set(orders[0]!.photos.map(({ fileId }) => fileId)).size).toBe(9)
  expect(await weightOf(orders[0]!._id)).toBeLessThan(mostBytes)
  await wang.close()
})
