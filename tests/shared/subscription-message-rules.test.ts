import { formatKeyword } from '../../cloudfunctions/_shared/subscription-message'

describe('a subscription message keyword', () => {
  it.each([
    ['thing1', '厨房水龙头关不紧', '厨房水龙头关不紧'],
    ['thing1', '一二三四五六七八九十一二三四五六七八九十', '一二三四五六七八九十一二三四五六七八九十'],
    ['thing1', '一二三四五六七八九十一二三四五六七八九十多', '一二三四五六七八九十一二三四五六七八九…'],
    ['thing2', '第一行\n第二行', '第一行 第二行'],
    ['thing3', '👨‍🔧师傅', '👨‍🔧师傅'],
    ['thing4', '', '-'],
    ['phrase2', '维修中', '维修中'],
    ['phrase2', '已派单(2)', '已派单'],
    ['phrase2', '等待住户确认报价', '等待住户确'],
    ['phrase2', 'OK', '通知'],
    ['time3', '2026年11月24日 14:30', '2026年11月24日 14:30'],
    ['character_string5', '单号A-12', 'A-12'],
    ['name6', '王秀英', '王秀英'],
    ['name6', 'Wang Xiuying', 'Wang Xiuying'],
    ['number7', '3件', '3'],
    ['number7', '', '0'],
    ['amount8', '¥120.50', '¥120.50'],
    ['phone_number9', '138****5010', '138****5010'],
  ])('%s shows %j as %j', (keyword, value, shown) => {
    expect(formatKeyword(keyword, value)).toBe(shown)
  })

  it('of no known type is a mistake of the configuration, not something to guess', () => {
    expect(() => formatKeyword('subject1', '报修')).toThrow('subject1')
  })
})
