import { createVault, maskPhone } from '../../cloudfunctions/_shared/crypto'
import { keysOf, type Keys } from '../../cloudfunctions/_shared/keys'
import { testEnvironment, testKey } from '../support/people'

const secret = (byte: number) => Buffer.alloc(32, byte)
const keys = keysOf(testEnvironment)
const vault = createVault(keys)
const otherVault = createVault({ data: [{ id: 'data-1', secret: secret(7) }], hash: secret(8) })

describe('a sealed number', () => {
  it('opens with its key', () => {
    expect(vault.open(vault.seal('13800135010'))).toBe('13800135010')
  })

  it('never looks the same twice, and never shows the number', () => {
    const [first, second] = [vault.seal('13800135010'), vault.seal('13800135010')]
    expect(first.data).not.toBe(second.data)
    expect(JSON.stringify(first)).not.toContain('13800135010')
  })

  it('does not open with another key, nor after a change, and says so in words for a person', () => {
    const sealed = vault.seal('13800135010')
    expect(() => otherVault.open(sealed)).toThrow('这项个人信息暂时无法读取')
    expect(() => vault.open({ ...sealed, data: Buffer.from('tampered---').toString('base64') })).toThrow('这项个人信息暂时无法读取')
  })

  it('names its key', () => {
    expect(vault.seal('1').key).toBe('data-1')
  })
})

describe('a ring of keys', () => {
  const ring = (...data: Keys['data']): Keys => ({ data, hash: keys.hash })
  const [first, second] = [keys.data[0], { id: 'data-2', secret: secret(2) }]

  it('seals with the first and opens with all: what was sealed before a change can be read after it', () => {
    const before = vault.seal('13800135010')
    const after = createVault(ring(second, first))
    expect(after.seal('1').key).toBe('data-2')
    expect(after.open(before)).toBe('13800135010')
  })

  it('can be given to every function before any of them seals with the new key', () => {
    expect(createVault(ring(first, second)).open(createVault(ring(second, first)).seal('13800135010'))).toBe('13800135010')
  })

  it('does not open what a key sealed that has left it', () => {
    expect(() => createVault(ring(second)).open(vault.seal('13800135010'))).toThrow('这项个人信息暂时无法读取')
  })

  it('hashes as before when the data key changes: people are found by their number still', () => {
    expect(createVault(ring(second, first)).hash('phone', '13800135010')).toBe(vault.hash('phone', '13800135010'))
  })

  it('tells its keys apart by fingerprints that show nothing of them', () => {
    const { fingerprints } = createVault(ring(second, first))
    expect(fingerprints.map(({ id }) => id)).toEqual(['data-2', 'data-1', 'hash-1'])
    expect(new Set(fingerprints.map(({ fingerprint }) => fingerprint)).size).toBe(3)
    expect(JSON.stringify(fingerprints)).not.toContain(testKey)
  })
})

describe('a keyed hash', () => {
  it('is equal for the same number and purpose, and differs by purpose and by key', () => {
    expect(vault.hash('phone', '13800135010')).toBe(vault.hash('phone', '13800135010'))
    expect(vault.hash('phone', '13800135010')).not.toBe(vault.hash('upload', '13800135010'))
    expect(vault.hash('phone', '13800135010')).not.toBe(otherVault.hash('phone', '13800135010'))
  })

  it('of an environment of release 0.1.0 stays what it was when the hash key takes the data key’s value', () => {
    // Computed by 7f2c013: hash('phone', '13800135010') and the fingerprint that its set-up stored, under the tests' key.
    const old = createVault(keysOf({ LINLI_DATA_KEY: testKey, LINLI_HASH_KEY: testKey }))
    expect(old.hash('phone', '13800135010')).toBe('f4dd109b6697b348c992b8c017eb54fb28fff558a6061fd85d7b533c2d36207b')
    expect(old.fingerprints[0]).toEqual({ id: 'data-1', fingerprint: 'd15db166919330738517b1074b063dbc178924e5f912313f956d940f054341a8' })
  })
})

it.each([['13800135010', '138****5010'], ['021', '021']])('%s is masked as %s', (phone, masked) => {
  expect(maskPhone(phone)).toBe(masked)
})
