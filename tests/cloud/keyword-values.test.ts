import { findBadKeyword } from '../../simulator/cloud/openapi/keyword-values'

describe('a keyword value', () => {
  it.each([
    ['thing1', '一二三四五六七八九十一二三四五六七八九十'],
    ['number2', '12.5'],
    ['letter3', 'abc'],
    ['symbol4', '+-*'],
    ['character_string5', 'LL20260301-001'],
    ['time6', '15:01'],
    ['time6', '2026年3月1日 15:01'],
    ['time6', '2026年3月1日 15:01~16:00'],
    ['date7', '2026年3月1日'],
    ['date7', '2026-03-01'],
    ['amount8', '¥120.50'],
    ['amount8', '120.5元'],
    ['phone_number9', '+86-0766-66888866'],
    ['car_number10', '粤A8Z888挂'],
    ['name11', '王小明'],
    ['name11', 'John Smith'],
    ['phrase12', '已完成'],
    ['const13', '进行中'],
  ])('%s takes %s', (key, value) => expect(findBadKeyword({ [key]: { value } })).toBeUndefined())

  it.each([
    ['thing1', '一二三四五六七八九十一二三四五六七八九十一'],
    ['thing1', ''],
    ['thing1', '   '],
    ['thing1', '一\n二'],
    ['number2', '十二'],
    ['letter3', 'abc1'],
    ['symbol4', 'a'],
    ['character_string5', '编号1'],
    ['time6', '明天'],
    ['time6', '25:00'],
    ['date7', '15:01'],
    ['amount8', '¥¥1'],
    ['amount8', '12345678901'],
    ['phone_number9', '123456789012345678'],
    ['car_number10', '粤A8Z888888'],
    ['name11', '一二三四五六七八九十一'],
    ['name11', '王1'],
    ['phrase12', '已完成待评价'],
    ['phrase12', 'done'],
    ['nothing1', 'x'],
    ['thing', 'x'],
  ])('%s does not take %j', (key, value) => expect(findBadKeyword({ [key]: { value } })).toBe(key))
})
