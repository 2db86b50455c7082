import fs from 'node:fs'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { startCloud } from '../../simulator/cloud/cloud'
import type { Cloud, CloudOptions } from '../../simulator/cloud/cloud'

export const wang = 'o-wang'
export const zhao = 'o-zhao'

export type FunctionSource = { code: string; config?: Record<string, unknown> }
export type TestCloud = Cloud & {
  folder: string
  lines: string[]
  post: (path: string, body: unknown) => Promise<{ status: number; body: any }>
  get: (path: string) => Promise<{ status: number; body: any }>
  /** The result of a function called from a phone; throws its errMsg. */
  call: (name: string, data?: Record<string, unknown>, openid?: string) => Promise<any>
  deploy: (name: string, source: FunctionSource) => void
  restart: () => Promise<TestCloud>
}

const sdk = JSON.stringify(require.resolve('wx-server-sdk'))
const preamble = `const cloud = require(${sdk}); cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV }); const db = cloud.database();
const describe = ({ errCode, errMsg, code, message }) => ({ errCode, errMsg, code, message });
const attempt = (promise) => Promise.resolve(promise).catch(describe);\n`

const village = {
  documents: { notes: [{ _id: 'first', text: 'from the seed' }] },
  files: [{ path: 'public/brand.txt', content: Buffer.from('邻里'), openid: '' }],
  people: [
    { key: 'wang', openid: wang, name: '王', title: '业主', phone: '13800000001' },
    { key: 'zhao', openid: zhao, name: '赵', title: '业主', phone: '13800000002' },
  ],
  templates: { 'tmpl-repair': '报修进度通知' },
}
const running = new Set<Cloud & { folder: string }>()
// Also those a failed test could not stop itself.
afterAll(async () => {
  for (const cloud of running) await stopTestCloud(cloud)
})

const empty = { documents: {}, files: [], people: [] }

type Settings = {
  functions?: Record<string, FunctionSource>
  rules?: Record<string, unknown>
  options?: Partial<CloudOptions>
  folder?: string
  /** Leave the folder behind when the cloud does not start. */
  keepsFolder?: boolean
}

/** A cloud with functions written in the test, `notes` as its only collection, and Wang and Zhao living in it. */
export const startTestCloud = async ({
  functions = {},
  rules = {},
  options = {},
  folder,
  keepsFolder = false,
}: Settings = {}): Promise<TestCloud> => {
  const root = folder ?? fs.mkdtempSync(path.join(os.tmpdir(), 'linli-cloud-'))
  const functionsFolder = path.join(root, 'functions')
  const rulesFolder = path.join(root, 'rules')
  const deploy = (name: string, { code, config = {} }: FunctionSource): void => {
    writeFile(path.join(functionsFolder, name, 'index.js'), preamble + code)
    writeFile(path.join(functionsFolder, name, 'config.json'), JSON.stringify(config))
  }
  for (const [name, source] of Object.entries(functions)) deploy(name, source)
  for (const [name, rule] of Object.entries({ notes: { read: false, write: false }, ...rules })) {
    writeFile(path.join(rulesFolder, `${name}.json`), JSON.stringify(rule))
  }
  const lines: string[] = []
  const cloud = await startCloud({
    folder: path.join(root, 'data'),
    functionsFolder,
    rulesFolder,
    seed: 'village',
    seeds: { village: () => village, empty: () => empty },
    environment: { LINLI_TEST: 'set in the console' },
    log: (line) => lines.push(line),
    ...options,
    automatic: { timers: false, mediaCheckMs: null, refundMs: null, ...options.automatic },
  }).catch((reason: unknown) => {
    if (!keepsFolder) fs.rmSync(root, { recursive: true, force: true })
    throw reason
  })
  const request = async (pathname: string, init?: RequestInit): Promise<{ status: number; body: unknown }> => {
    const response = await fetch(cloud.url + pathname, init)
    const text = await response.text()
    return { status: response.status, body: response.headers.get('content-type')?.includes('json') ? JSON.parse(text) : text }
  }
  const post = (pathname: string, body: unknown) => request(pathname, { method: 'POST', body: JSON.stringify(body) })
  const call = async (name: string, data: Record<string, unknown> = {}, openid = wang): Promise<unknown> => {
    const { body } = (await post('/client/call', { openid, name, data })) as { body: { result?: unknown; errMsg?: string } }
    if (body.errMsg !== undefined) throw new Error(body.errMsg)
    return body.result
  }
  const restart = async (): Promise<TestCloud> => {
    running.delete(testCloud)
    await cloud.close()
    return startTestCloud({ rules, options, folder: root })
  }
  const testCloud: TestCloud = { ...cloud, folder: root, lines, post, get: (pathname) => request(pathname), call, deploy, restart }
  running.add(testCloud)
  return testCloud
}

export const stopTestCloud = async (cloud: Cloud & { folder: string }): Promise<void> => {
  if (!running.delete(cloud)) return
  await cloud.close()
  fs.rmSync(cloud.folder, { recursive: true, force: true })
}

const writeFile = (file: string, text: string): void => {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(file, text)
}

/** A request with headers a browser or an attacker would set, which fetch does not let one set. */
export const sendRaw = (
  url: string,
  { method = 'GET', headers = {}, body }: { method?: string; headers?: Record<string, string>; body?: string },
): Promise<{ status: number; body: string; headers: http.IncomingHttpHeaders }> =>
  new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (part: string) => (text += part))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text, headers: response.headers }))
    })
    request.on('error', reject)
    request.end(body)
  })

export const waitFor = async <T>(look: () => Promise<T | undefined> | T | undefined, milliseconds = 8000): Promise<T> => {
  const end = Date.now() + milliseconds
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (Date.now() > end) throw new Error('waited in vain')
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
