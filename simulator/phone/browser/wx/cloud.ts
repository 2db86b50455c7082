import { awaitNetwork, post, Unreachable } from '../host/doors'
import { keepFile, readFile } from '../host/files'
import { openid } from '../host/persona'
import { askTemporaryUrls } from '../host/temporary-urls'
import { api, Refusal } from './call'

const NETWORK_ERROR = -1

/** What WeChat says when a call did not come through at all. */
const asNetworkFailure = (failure: unknown): unknown =>
  failure instanceof Unreachable ? new Refusal(failure.message, NETWORK_ERROR) : failure

type CallAnswer = { result?: unknown; errCode?: number; errMsg?: string; requestID?: string }

const callFunction = async ({ name, data = {} }: { name: string; data?: unknown }): Promise<object> => {
  const answer = await post<CallAnswer>('/client/call', { openid, name, data: toWire(data) }).catch((failure: unknown) => {
    throw asNetworkFailure(failure)
  })
  if (answer.errCode !== undefined) throw new Refusal((answer.errMsg ?? '').replace(/^cloud\.callFunction:fail /, ''), answer.errCode)
  return { result: answer.result, requestID: answer.requestID ?? '' }
}

/** Data crosses as JSON. */
const toWire = (data: unknown): unknown => JSON.parse(JSON.stringify(data))

type Upload = { cloudPath: string; filePath: string }
type ProgressListener = (progress: { progress: number; totalBytesSent: number; totalBytesExpectedToSend: number }) => void

const send = (form: FormData, onProgress: ProgressListener, abort: AbortSignal): Promise<{ fileID: string }> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', '/client/upload')
    request.upload.addEventListener('progress', ({ loaded, total }) =>
      onProgress({ progress: Math.round((loaded / total) * 100), totalBytesSent: loaded, totalBytesExpectedToSend: total }),
    )
    request.addEventListener('load', () => {
      const answer = JSON.parse(request.responseText || '{}') as { fileID?: string; errCode?: number; errMsg?: string }
      if (answer.fileID) resolve({ fileID: answer.fileID })
      else
        reject(
          new Refusal(
            (answer.errMsg ?? `status ${request.status}`).replace(/^cloud\.uploadFile:fail /, ''),
            answer.errCode ?? NETWORK_ERROR,
          ),
        )
    })
    request.addEventListener('error', () => reject(new Refusal('uploadFile:fail', NETWORK_ERROR)))
    abort.addEventListener('abort', () => {
      request.abort()
      reject(new Refusal('abort'))
    })
    request.send(form)
  })

/** With callbacks the answer is a task that tells progress and can be aborted; without, a promise. */
const uploadFile = (options: Upload & Record<string, unknown>): unknown => {
  const listeners = new Set<ProgressListener>()
  const abort = new AbortController()
  const run = api<Upload>('cloud.uploadFile', async ({ cloudPath, filePath }) => {
    await awaitNetwork().catch((failure: unknown) => {
      throw asNetworkFailure(failure)
    })
    const form = new FormData()
    form.append('openid', openid)
    form.append('cloudPath', cloudPath)
    form.append('file', await readFile(filePath), filePath.split('/').pop())
    const { fileID } = await send(form, (progress) => listeners.forEach((listener) => listener(progress)), abort.signal)
    return { fileID, statusCode: 200 }
  })
  const answer = run(options)
  if (answer !== undefined) return answer
  return {
    onProgressUpdate: (listener: ProgressListener) => void listeners.add(listener),
    offProgressUpdate: (listener: ProgressListener) => void listeners.delete(listener),
    abort: () => abort.abort(),
  }
}

const getTempFileURL = api<{ fileList: (string | { fileID: string })[] }>('cloud.getTempFileURL', async ({ fileList }) => ({
  fileList: await askTemporaryUrls(fileList.map((file) => (typeof file === 'string' ? file : file.fileID))).catch((failure: unknown) => {
    throw asNetworkFailure(failure)
  }),
}))

const downloadFile = api<{ fileID: string }>('cloud.downloadFile', async ({ fileID }) => ({
  tempFilePath: keepFile(await readFile(fileID)),
  statusCode: 200,
}))

export const cloud = {
  init: () => undefined,
  callFunction: api('cloud.callFunction', callFunction),
  uploadFile,
  getTempFileURL,
  downloadFile,
}
