import { fingerprintsOf, keysFromRecoveryKey, keysOf, recoveryKeyOf, variablesOf, type Keys } from '../../cloudfunctions/_shared/keys'

const secret = (byte: number) => Buffer.alloc(32, byte)
const base64 = (byte: number) => secret(byte).toString('base64')
const ring: Keys = { data: [{ id: 'data-2', secret: secret(2) }, { id: 'data-1', secret: secret(1) }], hash: secret(9) }

describe('the keys of an environment', () => {
  it('are read from two variables, the key that seals first', () => {
    expect(keysOf({ LINLI_DATA_KEY: `data-2:${base64(2)},data-1:${base64(1)}`, LINLI_HASH_KEY: base64(9) })).toEqual(ring)
  })

  it('of release 0.1.0 were one bare value: it is data-1', () => {
    expect(keysOf({ LINLI_DATA_KEY: base64(1), LINLI_HASH_KEY: base64(9) }).data).toEqual([{ id: 'data-1', secret: secret(1) }])
  })

  it('are written so that they read back the same', () => {
    expect(keysOf(variablesOf(ring))).toEqual(ring)
  })

  it.each<[string, Record<string, string>, string]>([
    ['without a data key', { LINLI_HASH_KEY: base64(9) }, 'LINLI_DATA_KEY must be 32 bytes in base64'],
    ['with a short data key', { LINLI_DATA_KEY: 'c2hvcnQ=', LINLI_HASH_KEY: base64(9) }, 'LINLI_DATA_KEY must be 32 bytes in base64'],
    ['with a short retired key', { LINLI_DATA_KEY: `data-2:${base64(2)},data-1:c2hvcnQ=`, LINLI_HASH_KEY: base64(9) }, 'LINLI_DATA_KEY must be 32 bytes in base64'],
    ['with one key twice', { LINLI_DATA_KEY: `data-1:${base64(2)},${base64(1)}`, LINLI_HASH_KEY: base64(9) }, 'LINLI_DATA_KEY names a key twice'],
    ['without a hash key', { LINLI_DATA_KEY: base64(1) }, 'LINLI_HASH_KEY must be 32 bytes in base64'],
  ])('%s are refused', (_, environment, message) => {
    expect(() => keysOf(environment)).toThrow(message)
  })
})

describe('the recovery key', () => {
  const printed = recoveryKeyOf(ring)

  it('is printed in groups of five letters that nobody misreads', () => {
    expect(printed).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-)+[0-9A-HJKMNP-TV-Z]{1,5}$/)
    expect(printed.length).toBeLessThan(210)
  })

  it('gives every key back, however it was typed', () => {
    const typed = printed.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')
    expect(keysFromRecoveryKey(printed)).toEqual(ring)
    expect(fingerprintsOf(keysFromRecoveryKey(typed))).toEqual(fingerprintsOf(ring))
  })

  it('tells when any one letter is wrong', () => {
    const places = [...printed].flatMap((letter, at) => (letter === '-' ? [] : [at]))
    for (const at of places.slice(0, -1)) {
      const wrong = printed[at] === 'Z' ? '2' : 'Z'
      expect(() => keysFromRecoveryKey(printed.slice(0, at) + wrong + printed.slice(at + 1))).toThrow('its checksum does not fit')
    }
  })

  it('tells when two letters changed places, when a group is missing or there twice, and when nothing was typed', () => {
    const groups = printed.split('-')
    const swapped = printed.slice(0, 6) + printed[7]! + printed[6]! + printed.slice(8)
    for (const wrong of [swapped, groups.slice(1).join('-'), [groups[0], ...groups].join('-'), groups.slice(0, -1).join('-'), '']) {
      if (wrong !== printed) expect(() => keysFromRecoveryKey(wrong)).toThrow('its checksum does not fit')
    }
  })

  it('names a sign that it cannot hold', () => {
    expect(() => keysFromRecoveryKey(`${printed}!`)).toThrow('holds no "!"')
  })
})
