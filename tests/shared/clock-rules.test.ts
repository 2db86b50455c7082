import { shanghaiDay, shanghaiTime } from '../../cloudfunctions/_shared/clock'
import { isOlder, requireClientVersion } from '../../cloudfunctions/_shared/client-version'
import { livesThere, type Residency } from '../../cloudfunctions/_shared/member'

describe('a day is Shanghai’s, wherever the function runs', () => {
  it.each([
    ['2026-11-23T16:00:00Z', '2026-11-24'],
    ['2026-11-23T15:59:59Z', '2026-11-23'],
    ['2026-12-31T16:30:00Z', '2027-01-01'],
  ])('%s is %s', (instant, day) => {
    expect(shanghaiDay(new Date(instant))).toBe(day)
  })

  it('a time is written as WeChat’s templates take it, never eight hours early', () => {
    expect(shanghaiTime(new Date('2026-01-05T02:03:00Z'))).toBe('2026年1月5日 10:03')
  })

  it('a tenant belongs to the house until the end of the last day', () => {
    const residency = { endsOn: '2026-11-24' } as Residency
    expect(livesThere(residency, shanghaiDay(new Date('2026-11-24T15:59:59Z')))).toBe(true)
    expect(livesThere(residency, shanghaiDay(new Date('2026-11-24T16:00:00Z')))).toBe(false)
  })
})

describe('a phone that is too old', () => {
  it.each([['0.0.9', '0.1.0', true], ['0.1.0', '0.1.0', false], ['0.10.0', '0.9.0', false], ['1.0.0', '0.9.9', false]])(
    '%s is older than %s: %s', (version, than, older) => {
      expect(isOlder(version, than)).toBe(older)
    })

  it('is asked to update, while a caller that names no version is let through', () => {
    expect(() => requireClientVersion('0.0.9')).toThrow('小程序有新版本')
    expect(() => requireClientVersion(undefined)).not.toThrow()
  })
})
