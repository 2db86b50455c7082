import { brandScale, contrast } from '../../miniprogram/support/theme'
import { exactTime, partOfDay, sayHours, sayTime, sayWeekday } from '../../miniprogram/support/dates'
import { breakSentence } from '../../miniprogram/support/sentence'

const now = Date.parse('2026-05-03T06:30:00Z') // 14:30 in Shanghai

describe('a time', () => {
  it.each([
    ['2026-05-03T06:29:30Z', '刚刚'],
    ['2026-05-03T06:00:00Z', '今天 14:00'],
    ['2026-05-02T16:00:00Z', '今天 00:00'],
    ['2026-05-02T15:59:00Z', '昨天 23:59'],
    ['2026-04-30T06:30:00Z', '3 天前'],
    ['2026-04-26T15:00:00Z', '4月26日'],
    ['2025-12-31T15:00:00Z', '2025年12月31日'],
    ['not a time', ''],
  ])('%s is said as %s in the community, wherever the phone is', (iso, said) => {
    expect(sayTime(iso, now)).toBe(said)
  })

  it.each([
    ['2026-05-05T00:00:00Z', '2026-05-05T12:30:00Z', '后天 08:00–20:30'],
    ['2026-05-03T10:00:00Z', '2026-05-04T00:00:00Z', '今天 18:00 到 明天 08:00'],
  ])('from %s to %s is said as %s: the day once while it is the same', (from, to, said) => {
    expect(sayHours(from, to, now)).toBe(said)
  })

  it.each([['2026-05-04', '明天'], ['2026-05-06', '周三'], ['2026-05-13', '周三'], ['2026-05-17', '周日']])('%s is called %s where the date stands beside it', (day, said) => {
    expect(sayWeekday(day, now)).toBe(said)
  })

  it('is exact on request', () => {
    expect(exactTime('2026-05-02T16:05:00Z')).toBe('2026年5月3日 00:05')
  })

  it('greets by the hour of the community', () => {
    expect(partOfDay(Date.parse('2026-05-03T00:00:00Z'))).toBe('早上好')
    expect(partOfDay(now)).toBe('下午好')
    expect(partOfDay(Date.parse('2026-05-03T13:00:00Z'))).toBe('晚上好')
  })
})

describe('a brand colour', () => {
  it.each(['#0A7A6C', '#FFC107', '#0052D9', '#111111', '#F5F5F5', '#7FDBFF', 'not a colour'])('%s is readable in light and in the dark', (color) => {
    const { light, dark } = brandScale(color)
    expect([light, dark].map((scale) => scale.length)).toEqual([10, 10])
    expect(contrast(light[6]!, '#ffffff')).toBeGreaterThanOrEqual(4.5)
    expect(contrast(light[6]!, '#f4f5f7')).toBeGreaterThanOrEqual(4.5)
    expect(contrast(light[7]!, light[0]!)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(dark[8]!, '#242424')).toBeGreaterThanOrEqual(4.5)
    expect(contrast(dark[9]!, dark[0]!)).toBeGreaterThanOrEqual(4.5)
  })

  it('that is readable already is left alone', () => {
    expect(brandScale('#0052D9').light[6]).toBe('#0052d9')
  })
})

describe('a sentence', () => {
  const lines = (text: string) => breakSentence(text).map((parts) => parts.map(({ words, isWhole }) => (isWhole ? `[${words}]` : words)).join(''))

  it('breaks after its commas, and never within hours', () => {
    expect(lines('已派给陈师傅，约好 明天 17:30–20:00 上门')).toEqual(['已派给陈师傅，', '约好 明天 [17:30–20:00] 上门'])
    expect(lines('今天 8:30–9:30')).toEqual(['今天 [8:30–9:30]'])
  })

  it('keeps every word', () => {
    expect(lines('七天没有异议，自动完成。').join('')).toBe('七天没有异议，自动完成。')
    expect(lines('')).toEqual([])
  })
})
