/** What WeChat takes as the value of a template keyword, by the type its key begins with. */
const amount = /^[¥￥$€£]?\d{1,10}(\.\d+)?元?$/
const clock = String.raw`([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?`
const day = String.raw`\d{4}年\d{1,2}月\d{1,2}日|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}`
const moment = `(?:(?:${day})(?: ?${clock})?|${clock})`
const time = new RegExp(`^${moment}(?: ?~ ?${moment})?$`)
const date = new RegExp(`^(?:${day})(?: ?${clock})?(?: ?~ ?(?:${day})?(?: ?${clock})?)?$`)

const rules: Record<string, (value: string) => boolean> = {
  thing: (value) => lengthOf(value) <= 20,
  number: (value) => lengthOf(value) <= 32 && /^[+-]?\d+(\.\d+)?$/.test(value),
  letter: (value) => /^[A-Za-z]{1,32}$/.test(value),
  symbol: (value) => lengthOf(value) <= 5 && /^[^\p{L}\p{N}\s]+$/u.test(value),
  character_string: (value) => lengthOf(value) <= 32 && /^[\x20-\x7e]+$/.test(value),
  time: (value) => time.test(value),
  date: (value) => date.test(value),
  amount: (value) => amount.test(value),
  phone_number: (value) => /^[\d+\-() *]{1,17}$/.test(value),
  car_number: (value) => lengthOf(value) <= 8 && /^\p{Script=Han}?[A-Za-z0-9·]+\p{Script=Han}?$/u.test(value),
  name: (value) => (/\p{Script=Han}/u.test(value) ? lengthOf(value) <= 10 : lengthOf(value) <= 20) && !/\d/.test(value),
  phrase: (value) => /^\p{Script=Han}{1,5}$/u.test(value),
  const: (value) => lengthOf(value) <= 20,
  enum: (value) => lengthOf(value) <= 20,
}

const lengthOf = (text: string): number => [...text].length

/** The keyword whose value WeChat would not take, or undefined. */
export const findBadKeyword = (data: unknown): string | undefined => {
  if (typeof data !== 'object' || data === null || Object.keys(data).length === 0) return 'data'
  return Object.entries(data).find(([key, keyword]) => !isGoodKeyword(key, keyword))?.[0]
}

const isGoodKeyword = (key: string, keyword: unknown): boolean => {
  const type = /^([a-z]+(?:_[a-z]+)?)\d+$/.exec(key)?.[1]
  const rule = type === undefined || !Object.hasOwn(rules, type) ? undefined : rules[type]
  const value = typeof keyword === 'object' && keyword !== null && 'value' in keyword ? keyword.value : undefined
  const text = typeof value === 'number' ? String(value) : value
  return rule !== undefined && typeof text === 'string' && text.trim() !== '' && !/[\r\n]/.test(text) && rule(text)
}
