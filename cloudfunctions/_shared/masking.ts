import { maskPhone } from './crypto'

const compoundSurnames = ['欧阳', '司马', '上官', '诸葛', '东方', '皇甫', '尉迟', '公孙', '慕容', '长孙', '夏侯', '令狐', '宇文', '司徒', '端木']

/** What a person is called where others read along: 「陈师傅」 of a technician 陈建军, 「王女士」. `title` is their role in a word. */
export const nameWithTitle = (name: string, title: string): string => {
  const [first = ''] = [...name.trim()]
  return `${compoundSurnames.find((surname) => name.startsWith(surname)) ?? first}${title}`
}

/** What staff are called after their surname, and instead of it once they have left: a household must know whether a technician or the desk came. */
export const staffTitles: Record<string, string> = { technician: '师傅', clerk: '客服', manager: '管理员', cashier: '会计' }

/** 王秀英 → 王**; 欧阳锋 → 欧阳*. Nothing of an empty name. */
export const maskName = (name: string): string => {
  const letters = [...name.trim()]
  const shown = compoundSurnames.some((surname) => name.startsWith(surname)) && letters.length > 2 ? 2 : 1
  return letters.map((letter, at) => (at < shown ? letter : '*')).join('')
}

const mobile = /(?<!\d)(?:\+?86[- ]?)?(1[3-9]\d)[- ]?(\d{4})[- ]?(\d{4})(?!\d)/g
const landline = /(?<!\d)(0\d{2,3}[- ]?)\d{3,4}[- ]?(\d{4})(?!\d)/g
/** Cards of identity and of banks, and whatever else is long enough to be one. */
const longNumber = /(?<![0-9A-Za-z])(\d{3})\d{6,14}(\d{2}[\dXx]{2})(?![0-9A-Za-z])/g

/** A text in which no number of a person can be read: phones, identity cards, bank cards. Letters and short numbers stay. */
export const maskNumbers = (text: string): string =>
  text
    .replace(mobile, (_, a: string, b: string, c: string) => maskPhone(a + b + c))
    .replace(landline, '$1****$2')
    .replace(longNumber, '$1****$2')
