import { post } from './doors'
import { openid } from './persona'

export type TemporaryUrl = { fileID: string; tempFileURL: string; status: number; errMsg: string }

const MOST_AT_ONCE = 50

export const askTemporaryUrls = async (fileList: string[]): Promise<TemporaryUrl[]> => {
  const answer = await post<{ fileList: TemporaryUrl[] }>('/client/temp-url', { openid, fileList })
  return answer.fileList
}

type Waiting = { fileId: string; resolve: (url: string) => void; reject: (failure: unknown) => void }

let waiting: Waiting[] = []

/** An address for a `cloud://` id; the pictures of one screen ask together. Rejects when the file is not this person's to see. */
export const temporaryUrl = (fileId: string): Promise<string> =>
  new Promise((resolve, reject) => {
    if (waiting.length === 0) setTimeout(askForAll)
    waiting.push({ fileId, resolve, reject })
  })

const askForAll = (): void => {
  const all = waiting
  waiting = []
  for (let start = 0; start < all.length; start += MOST_AT_ONCE) askForSome(all.slice(start, start + MOST_AT_ONCE))
}

const askForSome = (some: Waiting[]): void => {
  askTemporaryUrls([...new Set(some.map(({ fileId }) => fileId))]).then(
    (answers) => {
      const byId = new Map(answers.map((answer) => [answer.fileID, answer]))
      for (const { fileId, resolve, reject } of some) {
        const answer = byId.get(fileId)
        if (answer?.status === 0) resolve(answer.tempFileURL)
        else reject(new Error(answer?.errMsg ?? 'STORAGE_FILE_NONEXIST'))
      }
    },
    (failure: unknown) => some.forEach(({ reject }) => reject(failure)),
  )
}
