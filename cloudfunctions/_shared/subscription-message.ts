/**
 * Keyword values of subscription messages. A value that breaks its keyword's rule makes WeChat refuse the whole message (47003), so
 * every value is cut or replaced here. Rules: WeChat's subscribeMessage.send, "订阅消息参数值内容限制说明".
 */
const cut = (value: string, length: number): string => {
  const characters = [...value]
  return characters.length <= length ? value : `${characters.slice(0, length - 1).join('')}…`
}
const only = (value: string, allowed: RegExp): string => [...value].filter((character) => allowed.test(character)).join('')
const oneLine = (value: string): string => value.replace(/\s+/g, ' ').trim()

const rules: Record<string, (value: string) => string> = {
  thing: (value) => cut(value, 20),
  phrase: (value) => [...only(value, /\p{Script=Han}/u)].slice(0, 5).join(''),
  name: (value) => (/\p{Script=Han}/u.test(value) ? [...only(value, /\p{Script=Han}/u)].slice(0, 10).join('') : cut(value, 20)),
  character_string: (value) => only(value, /[\x20-\x7e]/).slice(0, 32),
  number: (value) => only(value, /[\d.]/).slice(0, 32),
  letter: (value) => only(value, /[A-Za-z]/).slice(0, 32),
  phone_number: (value) => only(value, /[\d+\-*]/).slice(0, 17),
  car_number: (value) => [...value].slice(0, 8).join(''),
  amount: (value) => only(value, /[¥\d.元]/).slice(0, 14),
  time: (value) => value,
  date: (value) => value,
}

/**
 * The value as WeChat accepts it for a keyword such as `thing3`: one line, within the keyword's length and alphabet, never empty.
 * Throws for a keyword of an unknown type: configuration names it, so configuration is wrong.
 */
export const formatKeyword = (keyword: string, value: string): string => {
  const type = keyword.replace(/\d+$/, '')
  const rule = rules[type]
  if (!rule) throw new Error(`Subscription template keyword "${keyword}" is of no known type`)
  return rule(oneLine(value)) || (type === 'phrase' ? '通知' : type === 'number' ? '0' : '-')
}
