import { brandScale, contrast } from '../../miniprogram/support/theme'
import { exactTime, partOfDay, sayTime } from '../../miniprogram/support/dates'

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
