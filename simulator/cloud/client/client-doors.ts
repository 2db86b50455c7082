import type { IncomingMessage } from 'node:http'
import * as z from 'zod'
import type { Faults } from '../faults'
import { answerJson, answerText } from '../http/answer'
import type { Door } from '../http/door'
import { DoorRefusal } from '../http/door-refusal'
import { parseMultipart } from '../http/multipart'
import { openidRule, openidShape, parseJsonObject, readBody, readShape } from '../http/read-body'
import type { PhoneCodes } from '../openapi/phone-number'
import type { Subscriptions } from '../openapi/subscribe-message'
import type { People } from '../people'
import { findPathFault } from '../storage/cloud-path'
import type { PathSigner } from '../storage/signed-path'
import { fileIdOf, pathOfFileId } from '../storage/storage'
import type { Storage } from '../storage/storage'
import type { StorageRules } from '../storage/storage-rules'
import { largestData, writeClientFailure } from './call-function'
import type { CallAsPerson } from './call-function'

type Options = {
  callAsPerson: CallAsPerson
  faults: Faults
  people: People
  storage: Storage
  storageRules: StorageRules
  signer: PathSigner
  subscriptions: Subscriptions
  phoneCodes: PhoneCodes
  url: string
  now: () => number
}

const subscribeShape = z.strictObject({ openid: openidShape, results: z.record(z.string(), z.string()) })
const personShape = z.strictObject({ openid: openidShape })
const tempUrlShape = z.strictObject({ openid: openidShape, fileList: z.array(z.string()).min(1).max(50) })
const linkLivesMs = 2 * 60 * 60_000
const largestUpload = 50 * 1024 * 1024
// The envelope around `data`: openid and name.
const largestCall = largestData + 1024
const tooLarge = writeClientFailure(-501007, '[EXCEED_MAX_PAYLOAD_SIZE] data exceed max size')

/** The doors a phone uses, by path; every one is a POST. */
export const createClientDoors = (options: Options): Record<string, Door> => {
  const { faults, people, storage, storageRules } = options

  /** Somebody uses the mini-program now. Answers false, with the connection cut, while their network is out. */
  const connect = (openid: string, request: IncomingMessage): boolean => {
    if (faults.isOffline(openid)) {
      request.socket.destroy()
      return false
    }
    people.see(openid)
    return true
  }

  const call: Door = async (request, response) => {
    const body = await readBody(request)
    if (body.length > largestCall) return answerText(response, tooLarge)
    const { openid, name, data = {} } = parseJsonObject(body)
    if (!openidShape.safeParse(openid).success) throw new DoorRefusal(`openid: ${openidRule}`)
    if (typeof name !== 'string' || name === '') throw new DoorRefusal('name: must be the name of a function')
    if (!connect(openid as string, request)) return
    const { requestId, text } = await options.callAsPerson(openid as string, name, data)
    response.setHeader('x-request-id', requestId)
    answerText(response, text)
  }

  const upload: Door = async (request, response) => {
    const { fields, files } = await parseMultipart(await readBody(request, largestUpload), request.headers['content-type'] ?? '')
    const openid = openidShape.safeParse(fields.openid?.toString())
    const cloudPath = fields.cloudPath?.toString()
    const content = files.file?.content ?? fields.file
    if (!openid.success) throw new DoorRefusal(`openid: ${openid.error.issues[0]?.message}`)
    if (!content) throw new DoorRefusal('file: the part with the file is missing')
    const fault = findPathFault(cloudPath)
    if (fault || !cloudPath) throw new DoorRefusal(fault ?? 'cloudPath is missing')
    if (!connect(openid.data, request)) return
    const present = storage.find(cloudPath)
    if (present && present.openid !== openid.data) {
      return answerJson(response, { errCode: -503002, errMsg: 'cloud.uploadFile:fail -503002 storage permission denied' }, 403)
    }
    await storage.write(cloudPath, content, openid.data)
    answerJson(response, { fileID: fileIdOf(cloudPath), statusCode: 204 })
  }

  const tempUrl: Door = async (request, response) => {
    const { openid, fileList } = await readShape(request, tempUrlShape)
    if (!connect(openid, request)) return
    const describe = (fileID: string): Record<string, unknown> => {
      const cloudPath = pathOfFileId(fileID)
      const file = cloudPath === undefined ? undefined : storage.find(cloudPath)
      if (!file) return { fileID, tempFileURL: '', status: -503003, errMsg: 'STORAGE_FILE_NONEXIST' }
      if (!storageRules.mayRead(file, openid)) return { fileID, tempFileURL: '', status: -503002, errMsg: 'STORAGE_EXCEED_AUTHORITY' }
      const tempFileURL = `${options.url}/file/${options.signer.sign('get', file.path, options.now() + linkLivesMs)}`
      return { fileID, tempFileURL, status: 0, errMsg: 'ok', maxAge: linkLivesMs / 1000 }
    }
    answerJson(response, { fileList: fileList.map(describe) })
  }

  const subscribe: Door = async (request, response) => {
    const { openid, results } = await readShape(request, subscribeShape)
    if (!connect(openid, request)) return
    answerJson(response, { quotas: await options.subscriptions.count(openid, results) })
  }

  const phoneCode: Door = async (request, response) => {
    const { openid } = await readShape(request, personShape)
    if (connect(openid, request)) answerJson(response, { code: options.phoneCodes.issue(openid) })
  }

  return {
    '/client/call': call,
    '/client/upload': upload,
    '/client/temp-url': tempUrl,
    '/client/subscribe': subscribe,
    '/client/phone-code': phoneCode,
  }
}
