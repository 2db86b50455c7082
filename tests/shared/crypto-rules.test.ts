import { createVault, maskPhone } from '../../cloudfunctions/_shared/crypto'
import { testKey } from '../support/people'

const vault = createVault(testKey)
const otherVault = createVault(Buffer.alloc(32, 7).toString('base64'))

describe('a sealed number', () => {
  it('opens with its key', () => {
    expect(vault.open(vault.seal('13800135010'))).toBe('13800135010')
  })

  it('never looks the same twice, and never shows the number', () => {
    const [first, second] = [vault.seal('13800135010'), vault.seal('13800135010')]
    expect(first.data).not.toBe(second.data)
    expect(JSON.stringify(first)).not.toContain('13800135010')
  })

  it('does not open with another key, nor after a change', () => {
    const sealed = vault.seal('13800135010')
    expect(() => otherVault.open(sealed)).toThrow()
    expect(() => vault.open({ ...sealed, data: Buffer.from('tampered---').toString('base64') })).toThrow()
  })

  it('names its key', () => {
    expect(vault.seal('1').key).toBe('data-1')
  })
})

describe('a keyed hash', () => {
  it('is equal for the same number and purpose, and differs by purpose and by key', () => {
    expect(vault.hash('phone', '13800135010')).toBe(vault.hash('phone', '13800135010'))
    expect(vault.hash('phone', '13800135010')).not.toBe(vault.hash('upload', '13800135010'))
    expect(vault.hash('phone', '13800135010')).not.toBe(otherVault.hash('phone', '13800135010'))
    expect(vault.fingerprint).not.toBe(otherVault.fingerprint)
  })
})

it.each(['', 'c2hvcnQ='])('a key of the wrong length (%j) is refused', (key) => {
  expect(() => createVault(key)).toThrow('LINLI_DATA_KEY must be 32 bytes')
})

it.each([['13800135010', '138****5010'], ['021', '021']])('%s is masked as %s', (phone, masked) => {
  expect(maskPhone(phone)).toBe(masked)
})
