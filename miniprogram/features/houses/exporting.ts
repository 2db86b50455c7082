import { exportHouses, exportPhones, exportResidents } from '../../services/exports'
import { choose, toast } from '../../support/ask'
import { openSheet } from '../../support/documents'
import { submit } from '../../support/submitting'

type Page = Parameters<typeof submit>[0]
type Sheet = { url: string }

/** Whole numbers are made a form of: everybody whose number it is reads why. */
export const wholeNumbers = {
  title: '导出完整手机号',
  words: '表里每一位住户，都会在「我的数据」看到是谁、什么时候、为什么导出了他们的号码。表格第一行写着您的名字，用完请删除，不要转发。',
  submitWord: '写好了，导出',
  reasons: ['寄送业主大会通知', '停水停电通知', '核对登记'].map((reason) => ({ value: reason, word: reason })),
}

const save = async (page: Page, intention: string, make: () => Promise<Sheet>, refused?: (message: string) => void): Promise<boolean> => {
  const sheet = await submit(page, intention, make, (refusal) => refused?.(refusal.message))
  if (sheet) await openSheet(sheet.url)
  return sheet !== null
}

/** Asks what is wanted, of all or of one building, and opens it. Answers 'numbers' where a reason must be asked for first. */
export const exportRegister = async (page: Page, o: { building?: string; mayShowPhones: boolean }): Promise<'numbers' | 'done'> => {
  const chosen = await choose(['导出房屋', '导出住户（号码打码）', ...(o.mayShowPhones ? ['导出住户（完整手机号）'] : [])])
  if (chosen === 2) return 'numbers'
  if (chosen >= 0) await save(page, `export.${chosen}.${o.building}`, () => (chosen === 0 ? exportHouses(o.building) : exportResidents(o.building)), toast)
  return 'done'
}

export const exportNumbers = (page: Page, reason: string): Promise<boolean> => save(page, `export.numbers.${reason}`, () => exportPhones(reason))
