import { dateWheels, timeWheels } from '../../simulator/phone/browser/elements/picker-wheels'
import { EventChannel } from '../../simulator/phone/browser/pages/event-channel'
import { parseRoute, writeRoute } from '../../simulator/phone/browser/pages/route'
import { toJavaScript } from '../../simulator/phone/compile/wxs'

describe('a page’s address', () => {
  it.each([
    ['/pages/home/home', '', { path: 'pages/home/home', query: {} }],
    ['/pages/home/home?x=1&note=a=b', '', { path: 'pages/home/home', query: { x: '1', note: 'a=b' } }],
    ['../detail/detail?id=7', 'features/repairs/pages/list/list', { path: 'features/repairs/pages/detail/detail', query: { id: '7' } }],
    ['/pages/home/home?name=%E7%8E%8B', '', { path: 'pages/home/home', query: { name: '%E7%8E%8B' } }],
  ])('%s from %s is read as WeChat reads it', (url, from, route) => {
    expect(parseRoute(url, from)).toEqual(route)
  })

  it('is written as it was read', () => {
    expect(writeRoute(parseRoute('/pages/home/home?x=1&y=%2F'))).toBe('/pages/home/home?x=1&y=%2F')
  })
})

describe('an event channel', () => {
  it('tells every listener, those of once only once, and none taken off', () => {
    const heard: unknown[] = []
    const channel = new EventChannel()
    const listener = (value: unknown): void => void heard.push(value)
    channel.on('saved', listener)
    channel.once('saved', (value) => heard.push(`once ${String(value)}`))
    channel.emit('saved', 1)
    channel.emit('saved', 2)
    channel.off('saved', listener)
    channel.emit('saved', 3)
    expect(heard).toEqual([1, 'once 1', 2])
  })
})

describe('a date picker', () => {
  it('offers the days the chosen month has', () => {
    const wheels = dateWheels('2026-02-10', '2026-01-01', '2028-12-31', 'day')
    expect(wheels.columns.map(({ length }) => length)).toEqual([3, 12, 28])
    expect(wheels.turned?.(0, 2)?.columns[2]?.length).toBe(29)
    expect(wheels.turned?.(1, 3)?.columns[2]?.length).toBe(30)
  })

  it('answers days, months or years, never outside its bounds', () => {
    expect(dateWheels('2026-03-05', '2026-01-10', '2026-12-31', 'day').valueOf([0, 0, 4])).toBe('2026-01-10')
    expect(dateWheels('2026-03', '2026-01-01', '2027-12-31', 'month').valueOf([1, 10])).toBe('2027-11')
    expect(timeWheels('09:30', '09:00', '18:00').valueOf([20, 15])).toBe('18:00')
    expect(timeWheels('09:30', '09:00', '18:00').indexes).toEqual([9, 30])
  })
})

describe('WXS', () => {
  it.each([
    ["x.constructor === 'Array'", "(Object.prototype.toString.call(x)==='[object Array]')"],
    ["'Object' == a.b.constructor", "(Object.prototype.toString.call(a.b)==='[object Object]')"],
    [String.raw`getRegExp('^\d+$')`, String.raw`getRegExp('^\\d+$')`],
    ["require('./tools.wxs')", "require('./tools')"],
  ])('%s means %s', (wxs, javascript) => {
    expect(toJavaScript(wxs)).toBe(javascript)
  })
})
