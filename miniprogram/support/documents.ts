import { toast } from './ask'
import { mayUsePrivacy } from './privacy'

/** Fetches a made sheet from its short-lived address and opens it in WeChat's viewer, from where it can be kept or sent on. */
export const openSheet = async (url: string): Promise<void> => {
  try {
    const filePath = await new Promise<string>((resolve, reject) => {
      wx.downloadFile({ url, success: ({ statusCode, tempFilePath }) => (statusCode === 200 ? resolve(tempFilePath) : reject(statusCode)), fail: reject })
    })
    await wx.openDocument({ filePath, fileType: 'xlsx', showMenu: true })
  } catch {
    toast('文件没能打开，请再试一次')
  }
}

/** Writes a text of ours where WeChat can send it on from; answers its path. */
export const keepText = (fileName: string, text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const filePath = `${wx.env.USER_DATA_PATH}/${fileName}`
    wx.getFileSystemManager().writeFile({ filePath, data: text, encoding: 'utf8', success: () => resolve(filePath), fail: reject })
  })

/** To a chat, or to oneself: must come straight from a tap. */
export const sendFile = (file: { filePath: string; fileName: string }): void => void wx.shareFileMessage(file).catch(() => undefined)

const megabyte = 1024 * 1024

/** A spreadsheet from a chat, or on a PC from the disk; otherwise why there is none, '' when the person changed their mind. */
export const chooseSheet = async (maxBytes: number): Promise<{ path: string } | string> => {
  if (!(await mayUsePrivacy())) return ''
  const chosen = await wx.chooseMessageFile({ count: 1, type: 'file', extension: ['xlsx'] }).catch(() => null)
  const file = chosen?.tempFiles[0]
  if (!file) return ''
  if (!/\.xlsx$/i.test(file.name)) return '请选 .xlsx 文件；旧的 .xls 请先在 Excel 里另存为 .xlsx'
  if (file.size > maxBytes) return `文件太大，最多 ${Math.floor(maxBytes / megabyte)} MB，请分成几份`
  return { path: file.path }
}
