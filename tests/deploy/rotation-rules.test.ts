import { createVault } from '../../cloudfunctions/_shared/crypto'
import { fingerprintsOf, keysFromRecoveryKey, keysOf } from '../../cloudfunctions/_shared/keys'
import { planRotation } from '../../tools/deploy/rotation'
import { testEnvironment } from '../support/people'

const now = new Date('2026-11-24T04:00:00Z')
const keys = keysOf(testEnvironment)
const rotation = planRotation(keys, Buffer.alloc(32, 2), now)
const [before, during, after] = [keys, keysOf(rotation.first), keysOf(rotation.second)].map(createVault)

describe('a change of the data key, step by step', () => {
  it('first lets every function open what the new key seals, and only then has them seal with it', () => {
    expect([before!.currentKey, during!.currentKey, after!.currentKey]).toEqual(['data-1', 'data-1', 'data-2'])
    for (const sealed of [during!.seal('13800135010'), after!.seal('13800135010')]) {
      for (const vault of [during!, after!]) expect(vault.open(sealed)).toBe('13800135010')
    }
  })

  it('changes no hash', () => {
    expect(after!.hash('phone', '13800135010')).toBe(before!.hash('phone', '13800135010'))
  })

  it('records the new key, owes the work, and gives a recovery key for the old and the new one', () => {
    expect(rotation.record).toEqual({ _id: 'data-2', schema: 1, fingerprint: after!.fingerprints[0]!.fingerprint })
    expect(rotation.job).toEqual({ _id: 'rotation_data-2', schema: 1, kind: 'rotation', dueAt: now, attempts: 0, payload: {} })
    expect(fingerprintsOf(keysFromRecoveryKey(rotation.recoveryKey))).toEqual(after!.fingerprints)
  })

  it('after another one takes the next number', () => {
    expect(planRotation(keysOf(rotation.second), Buffer.alloc(32, 3), now).record._id).toBe('data-3')
  })
})
