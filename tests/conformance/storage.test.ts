import fs from 'node:fs'
import path from 'node:path'
import { zhao } from '../cloud/cloud-fixture'
import { hold, holdToThisMachine, openPlatform } from './platform'
import type { Case, Platform } from './platform'

let platform: Platform
beforeAll(async () => {
  platform = await openPlatform()
})
afterAll(() => platform.close())

const bucket = 'cloud://local-env.6c6f-local-env-1250000000/'
const upload = (cloudPath: string,
  content = "Buffer.from('abc')"): string => `cloud.uploadFile({ cloudPath: '${cloudPath}', fileContent: ${content} })`
const gives = (name: string, evidence: string, code: string, value: unknown): Case => ({ name, evidence, code, gives: value })

describe('uploadFile', () => {
  hold(() => platform, [
    gives('answers a file id, and the status -1 of this SDK', 'wire §2.3 uploadFile, statusCode -1 [V]', `return ${upload('a/one.txt')}`,
      { fileID: `${bucket}a/one.txt`, statusCode: -1, errMsg: 'uploadFile:ok' }),
    gives('takes a stream of a file', 'wire §2.3 chunked PUT [V]; node-sdk uploadFile [S]',
      `const { createReadStream, statSync } = require('node:fs')
      const { fileID } = await cloud.uploadFile({ cloudPath: 'a/stream.js', fileContent: createReadStream(process.argv[1]) })
      return (await cloud.downloadFile({ fileID })).fileContent.length === statSync(process.argv[1]).size`, true),
    gives('keeps bytes as they are', 'wire §2.3 [V]',
      `const bytes = Buffer.from(Array.from({ length: 256 }, (_each, at) => at))
      await cloud.uploadFile({ cloudPath: 'a/bytes.bin', fileContent: bytes })
      return (await cloud.downloadFile({ fileID: '${bucket}a/bytes.bin' })).fileContent.equals(bytes)`, true),
    gives('takes a Chinese path with a space', 'wire §2.3 key=encodeURIComponent [V]',
      `const { fileID } = await ${upload('报修/幸福 里.txt')}
      return [fileID, String((await cloud.downloadFile({ fileID })).fileContent)]`,
      [`${bucket}报修/幸福 里.txt`, 'abc']),
    gives('of the same path replaces the file', 'platform §5 same path overwrites [OK]',
      `await ${upload('a/same.txt')}
      await ${upload('a/same.txt', "Buffer.from('newer')")}
      return String((await cloud.downloadFile({ fileID: '${bucket}a/same.txt' })).fileContent)`, 'newer'),
  ])

  const bad = ['/a.txt', 'a//b.txt', '../a.txt', 'a/../../b.txt', 'a/..%2f..%2fb.txt', '']
  it.each(bad)('refuses the path "%s" — platform §5 cloudPath [D]', async (cloudPath) => {
    const refusal = { errCode: -1, errMsg: expect.stringMatching(/^uploadFile:fail /) }
    expect(await platform.refuse(`return ${upload(cloudPath)}`)).toMatchObject(refusal)
  })
})

describe('getTempFileURL', () => {
  const urls = (list: string): string => `await ${upload('t/a.txt')}; return (await cloud.getTempFileURL({ fileList: ${list} })).fileList`
  hold(() => platform, [
    gives('answers an address for each file', 'wire §2.3 batchGetDownloadUrl [V]', urls(`['${bucket}t/a.txt']`),
      [{ fileID: `${bucket}t/a.txt`, status: 0, errMsg: 'ok', maxAge: 7200, tempFileURL: expect.stringMatching(/^http:\/\/127\./) }]),
    gives('answers none for a file that is not there, and does not throw', 'wire §2.3 status -503003 [V]',
      urls(`['${bucket}t/none.txt', '${bucket}t/a.txt']`),
      [expect.objectContaining({ fileID: `${bucket}t/none.txt`, status: -503003, tempFileURL: '' }),
        expect.objectContaining({ status: 0 })]),
    gives('answers none for a file of another environment', 'wire §2.3 status -503003 [V]', urls("['cloud://other.6c6f/t/a.txt']"),
      [expect.objectContaining({ status: -503003, tempFileURL: '' })]),
    gives('lives as long as asked for', 'wire §2.3 max_age [V]', urls(`[{ fileID: '${bucket}t/a.txt', maxAge: 60 }]`),
      [expect.objectContaining({ status: 0, maxAge: 60 })]),
    gives('takes 50 files', 'wire §2.3 max 50 [T]', `${urls(`Array(50).fill('${bucket}t/a.txt')`)}.length`, 50),
    { name: 'of 51 files is refused', evidence: 'wire §2.3 max 50, INVALID_PARAM [T]', code: urls(`Array(51).fill('${bucket}t/a.txt')`),
      fails: { errCode: -1, code: 'INVALID_PARAM', errMsg: /^getTempFileURL:fail .*50/ } },
  ])

  it('gives an address that serves the file until it is too old — wire §2.3; platform §5 maxAge [D]', async () => {
    const [{ tempFileURL }] = (await platform.run(urls(`[{ fileID: '${bucket}t/a.txt', maxAge: 60 }]`))) as [{ tempFileURL: string }]
    const response = await fetch(tempFileURL)
    const answer = [response.status, response.headers.get('content-type'), await response.text()]
    expect(answer).toEqual([200, 'text/plain; charset=utf-8', 'abc'])
    await platform.cloud.post('/control/clock', { now: Date.now() + 61_000 })
    expect((await fetch(tempFileURL)).status).toBe(403)
    await platform.cloud.post('/control/clock', { now: null })
  })

  it('gives an address that nobody can turn into another one — platform §5 rules guard the API, not an address [D]', async () => {
    const [{ tempFileURL }] = (await platform.run(urls(`['${bucket}t/a.txt']`))) as [{ tempFileURL: string }]
    expect((await fetch(tempFileURL.slice(0, -2) + (tempFileURL.endsWith('AA') ? 'BB' : 'AA'))).status).toBe(403)
  })
})

describe('downloadFile and deleteFile', () => {
  hold(() => platform, [
    gives('downloadFile answers the bytes', 'wire §2.3 downloadFile [V]',
      `await ${upload('d/a.txt')}\nconst { fileContent, statusCode, errMsg } = await cloud.downloadFile({ fileID: '${bucket}d/a.txt' })
      return [Buffer.isBuffer(fileContent), String(fileContent), statusCode, errMsg]`, [true, 'abc', 200, 'downloadFile:ok']),
    { name: 'downloadFile of a file that is not there throws', evidence: 'wire §2.3; §3 errCode -1 paths [V]',
      code: `return cloud.downloadFile({ fileID: '${bucket}d/none.txt' })`,
      fails: { errCode: -1, code: 'STORAGE_FILE_NONEXIST', errMsg: /^downloadFile:fail / } },
    gives('deleteFile answers for each file, and does not throw', 'wire §2.3 batchDeleteFile [V]', `await ${upload('d/gone.txt')}
      const { fileList, errMsg } = await cloud.deleteFile({ fileList: ['${bucket}d/gone.txt', '${bucket}d/none.txt'] })
      return [fileList.map(({ status }) => status), errMsg]`, [[0, -503003], 'deleteFile:ok']),
    gives('deleteFile leaves nothing', 'wire §2.3 batchDeleteFile [V]',
      `await ${upload('d/gone.txt')}\nawait cloud.deleteFile({ fileList: ['${bucket}d/gone.txt'] })
      return (await cloud.getTempFileURL({ fileList: ['${bucket}d/gone.txt'] })).fileList[0].status`, -503003),
    { name: 'deleteFile of 51 files is refused', evidence: 'wire §2.3 max 50, INVALID_PARAM [T]',
      code: `return cloud.deleteFile({ fileList: Array(51).fill('${bucket}d/a.txt') })`,
      fails: { errCode: -1, code: 'INVALID_PARAM', errMsg: /^deleteFile:fail .*50/ } },
  ])
})

describe('files of a phone', () => {
  const uploadAs = async (openid: string, cloudPath: string) => {
    const form = new FormData()
    form.set('openid', openid)
    form.set('cloudPath', cloudPath)
    form.set('file', new Blob(['a photo'], { type: 'image/jpeg' }), 'photo.jpg')
    const response = await fetch(`${platform.cloud.url}/client/upload`, { method: 'POST', body: form })
    return { status: response.status, body: (await response.json()) as Record<string, unknown> }
  }

  it('are read by functions, whoever uploaded them — platform §5.1 rules guard phones [D]', async () => {
    expect((await uploadAs(zhao, 'repairs/photo.jpg')).body).toEqual({ fileID: `${bucket}repairs/photo.jpg`, statusCode: 204 })
    const code = `return String((await cloud.downloadFile({ fileID: '${bucket}repairs/photo.jpg' })).fileContent)`
    expect(await platform.run(code)).toBe('a photo')
  })

  it('cannot be replaced by another phone — platform §5.1 write own only [D]', async () => {
    expect(await uploadAs('o-other', 'repairs/photo.jpg')).toMatchObject({ status: 403, body: { errCode: -503002 } })
  })

  it('are named on the disk by nothing a phone can choose — design §5', async () => {
    await uploadAs(zhao, 'repairs/etc-passwd.jpg')
    const names = fs.readdirSync(path.join(platform.cloud.folder, 'data', 'files'), { recursive: true }).map(String)
    expect(names.filter((name) => name.includes('passwd'))).toEqual([])
  })
})

holdToThisMachine(() => platform)
