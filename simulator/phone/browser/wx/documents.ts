import { keepFile, readFile } from '../host/files'
import { api, Refusal } from './call'

const hand = async (filePath: string, name = filePath.split('/').pop() ?? 'document'): Promise<void> => {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await readFile(filePath))
  link.download = name
  link.click()
}

const withEnding = (blob: Blob, url: string): Blob => new File([blob], new URL(url, location.href).pathname.split('/').pop() ?? '', { type: blob.type })

/** WeChat's viewer and its chats are the browser's downloads here. */
export const documentApis = {
  downloadFile: api<{ url: string }>('downloadFile', async ({ url }) => {
    const answer = await fetch(url)
    return { statusCode: answer.status, tempFilePath: answer.ok ? keepFile(withEnding(await answer.blob(), url)) : '' }
  }),
  openDocument: api<{ filePath: string; fileType?: string; showMenu?: boolean }>('openDocument', ({ filePath, fileType }) => {
    const ending = /\.(\w+)$/.exec(filePath)?.[1] ?? fileType
    if (!/^(docx?|xlsx?|pptx?|pdf)$/.test(ending ?? '')) throw new Refusal(`filetype not supported ${ending ?? ''}`)
    return hand(filePath)
  }),
  shareFileMessage: api<{ filePath: string; fileName?: string }>('shareFileMessage', ({ filePath, fileName }) => hand(filePath, fileName)),
}
