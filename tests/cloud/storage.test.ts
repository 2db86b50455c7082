import fs from 'node:fs'
import path from 'node:path'
import { findPathFault } from '../../simulator/cloud/storage/cloud-path'
import { startTestCloud, stopTestCloud, wang, zhao } from './cloud-fixture'
import type { TestCloud } from './cloud-fixture'

const rules = {
  read: String.raw`resource.openid == auth.openid || /^public\//.test(resource.path) == true`,
  write: 'resource.openid == auth.openid',
}
const idOf = (cloudPath: string) => `cloud://local-env.6c6f-local-env-1250000000/${cloudPath}`

let cloud: TestCloud
beforeAll(async () => {
  cloud = await startTestCloud({
    functions: {
      files: {
        code: `exports.main = async (event) => attempt({
          put: () => cloud.uploadFile({ cloudPath: event.path, fileContent: Buffer.from(event.text) }),
          read: () => cloud.downloadFile({ fileID: event.fileID }).then((r) => r.fileContent.toString()),
          url: () => cloud.getTempFileURL({ fileList: event.fileList }).then((r) => r.fileList),
          remove: () => cloud.deleteFile({ fileList: event.fileList }).then((r) => r.fileList),
        }[event.do]())`,
      },
    },
    rules: { storage: rules },
  })
})
afterAll(() => stopTestCloud(cloud))

const upload = async (openid: string, cloudPath: string, text: string) => {
  const form = new FormData()
  form.set('openid', openid)
  form.set('cloudPath', cloudPath)
  form.set('file', new Blob([text], { type: 'image/jpeg' }), 'photo.jpg')
  const response = await fetch(`${cloud.url}/client/upload`, { method: 'POST', body: form })
  return { status: response.status, body: (await response.json()) as Record<string, any> }
}
const askUrl = async (openid: string, fileID: string) =>
  (await cloud.post('/client/temp-url', { openid, fileList: [fileID] })).body.fileList[0]

describe('a function', () => {
  it('stores, reads, links and deletes a file', async () => {
    const { fileID } = await cloud.call('files', { do: 'put', path: 'receipts/2026 三月/1.txt', text: '收据' })
    expect(fileID).toBe(idOf('receipts/2026 三月/1.txt'))
    expect(await cloud.call('files', { do: 'read', fileID })).toBe('收据')
    const [link] = await cloud.call('files', { do: 'url', fileList: [{ fileID, maxAge: 60 }] })
    expect(link).toMatchObject({ fileID, status: 0, maxAge: 60 })
    const response = await fetch(link.tempFileURL)
    expect([response.status, response.headers.get('content-type'), await response.text()]).toEqual([
      200,
      'text/plain; charset=utf-8',
      '收据',
    ])
    expect(await cloud.call('files', { do: 'remove', fileList: [fileID] })).toMatchObject([{ fileID, status: 0 }])
    expect(await cloud.call('files', { do: 'url', fileList: [fileID] })).toMatchObject([{ fileID, status: -503003, tempFileURL: '' }])
    expect((await fetch(link.tempFileURL)).status).toBe(404)
  })

  it('cannot ask for more than 50 at once, nor for a file of elsewhere', async () => {
    const many = Array.from({ length: 51 }, (_, index) => idOf(`many/${index}`))
    expect((await cloud.call('files', { do: 'url', fileList: many })).errMsg).toContain('at most 50')
    expect((await cloud.call('files', { do: 'remove', fileList: many })).errMsg).toContain('at most 50')
    expect(await cloud.call('files', { do: 'url', fileList: ['cloud://other-env.bucket/public/brand.txt'] })).toMatchObject([
      { status: -503003 },
    ])
  })

  it('cannot store outside the bucket', async () => {
    expect((await cloud.call('files', { do: 'put', path: '../escaped.txt', text: 'x' })).errMsg).toContain('cloudPath must not climb')
  })
})

describe('a phone', () => {
  it('uploads, and only its own person may read it again or replace it', async () => {
    const first = await upload(wang, 'repairs/202603/a.jpg', 'one')
    expect(first).toEqual({ status: 200, body: { fileID: idOf('repairs/202603/a.jpg'), statusCode: 204 } })
    const link = await askUrl(wang, first.body.fileID)
    const response = await fetch(link.tempFileURL)
    expect([response.headers.get('content-type'), await response.text()]).toEqual(['image/jpeg', 'one'])
    expect(await askUrl(zhao, first.body.fileID)).toMatchObject({ status: -503002, tempFileURL: '' })
    expect(await upload(zhao, 'repairs/202603/a.jpg', 'two')).toMatchObject({ status: 403, body: { errCode: -503002 } })
    expect((await upload(wang, 'repairs/202603/a.jpg', 'three')).status).toBe(200)
    expect(await (await fetch(link.tempFileURL)).text()).toBe('three')
  })

  it('reads what is public, and nothing a function stored elsewhere', async () => {
    expect(await (await fetch((await askUrl(zhao, idOf('public/brand.txt'))).tempFileURL)).text()).toBe('邻里')
    await cloud.call('files', { do: 'put', path: 'backups/all.json', text: '{}' })
    expect(await askUrl(wang, idOf('backups/all.json'))).toMatchObject({ status: -503002 })
    expect(await askUrl(wang, idOf('backups/none.json'))).toMatchObject({ status: -503003 })
  })

  it.each([
    '/etc/passwd',
    '../a',
    'a/../../b',
    'a//b',
    'a/',
    'a\\b',
    'C:/a',
    '..%2fa',
    '%2e%2e/a',
    '%252e%252e%252fa',
    '%2fetc',
    'a%00b',
    'a\u0000b',
    'a/./b',
    '%zz',
    '',
  ])('cannot upload to the path %j', async (cloudPath) => {
    const { status, body } = await upload(wang, cloudPath, 'x')
    expect([status, typeof body.message]).toEqual([400, 'string'])
  })

  it('cannot upload without a file, or as nobody', async () => {
    const form = new FormData()
    form.set('openid', wang)
    form.set('cloudPath', 'a.jpg')
    expect((await fetch(`${cloud.url}/client/upload`, { method: 'POST', body: form })).status).toBe(400)
    expect((await upload('1234', 'a.jpg', 'x')).status).toBe(400)
  })
})

it('no path of a client names a file on disk', async () => {
  await upload(wang, 'con/a..b/文件 #1?.jpg', 'x')
  expect(findPathFault('con/a..b/文件 #1?.jpg')).toBeUndefined()
  const onDisk = fs.readdirSync(path.join(cloud.folder, 'data', 'files'), { recursive: true }) as string[]
  expect(onDisk.filter((name) => !/^[0-9a-f]{2}([/\\][0-9a-f]{64})?$/.test(name))).toEqual([])
})

describe('a link', () => {
  it('ends when its time is over', async () => {
    const { tempFileURL } = await askUrl(wang, idOf('public/brand.txt'))
    await cloud.post('/control/clock', { now: Date.now() + 2 * 3600_000 - 30_000 })
    expect((await fetch(tempFileURL)).status).toBe(200)
    await cloud.post('/control/clock', { now: Date.now() + 2 * 3600_000 + 30_000 })
    expect((await fetch(tempFileURL)).status).toBe(403)
    await cloud.post('/control/clock', { now: null })
  })

  it('cannot be made up, changed, or used for writing', async () => {
    const { tempFileURL } = await askUrl(wang, idOf('public/brand.txt'))
    const [, segment = ''] = tempFileURL.split('/file/')
    const [, expiry, signature] = segment.split('.')
    const other = Buffer.from('backups/all.json').toString('base64url')
    for (const forged of [
      `${other}.${expiry}.${signature}`,
      `${segment.split('.')[0]}.zzzzzzzzz.${signature}`,
      'x',
      '..',
      '%2e%2e',
      segment.slice(0, -2),
    ]) {
      expect((await fetch(`${cloud.url}/file/${forged}`)).status).not.toBe(200)
    }
    expect((await fetch(tempFileURL, { method: 'PUT', body: 'mine now' })).status).toBe(403)
    expect((await fetch(tempFileURL, { method: 'DELETE' })).status).toBe(405)
  })

  it("never lets a file run in the phone's origin", async () => {
    await upload(wang, 'evil/page.html', '<script>alert(1)</script>')
    const response = await fetch((await askUrl(wang, idOf('evil/page.html'))).tempFileURL)
    expect(response.headers.get('content-type')).toBe('application/octet-stream')
    expect(response.headers.get('content-security-policy')).toContain('sandbox')
    expect(response.headers.get('x-content-type-options')).toBe('nosniff')
  })
})

it('a storage rule that is not understood stops the cloud from starting', async () => {
  await expect(startTestCloud({ rules: { storage: { read: true, write: 'resource.openid == auth.openid' } } })).rejects.toThrow(
    'this read rule is not understood',
  )
  await expect(startTestCloud({ rules: { storage: { ...rules, write: 'auth.openid != null' } } })).rejects.toThrow(
    'this write rule is not understood',
  )
})
