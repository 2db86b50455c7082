import { createVault } from '../../cloudfunctions/_shared/crypto'
import { fingerprintsOf, keyRecordsOf, keysFromRecoveryKey, keysOf, variablesOf, type KeyRecord, type Keys } from '../../cloudfunctions/_shared/keys'
import { nothingOnline, type Online } from '../../tools/deploy/online'
import { rotationIn } from '../../tools/deploy/rotation'
import type { OnlineFunction } from '../../tools/deploy/tools'
import { testEnvironment } from '../support/people'

const now = new Date('2026-11-24T04:00:00Z')
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000)
const keys = keysOf(testEnvironment)
const random = () => Buffer.alloc(32, 2)
const records = (of: Keys = keys): KeyRecord[] => keyRecordsOf(fingerprintsOf(of))
const online = (rings: Record<string, string>, keyRecords: KeyRecord[] = records()): Online => ({
  ...nothingOnline, keyRecords,
  functions: new Map(Object.entries(rings).map(([name, value]) => [name, {
    Environment: { Variables: Object.entries({ ...testEnvironment, LINLI_DATA_KEY: value }).map(([Key, Value]) => ({ Key, Value })) },
  } as OnlineFunction])),
})
const old = variablesOf(keys).LINLI_DATA_KEY!
const ringOf = (value: string): Keys => keysOf({ ...testEnvironment, LINLI_DATA_KEY: value })
const begun = rotationIn(online({ members: old, repairs: old }), random, now)
const [first, second] = [begun.toOpen.get('members')!, begun.toSeal.get('members')!]
const [before, during, after] = [keys, ringOf(first), ringOf(second)].map(createVault)
const refused = (there: Online) => { try { rotationIn(there, random, now) } catch (error) { return (error as Error).message } return null }

describe('a change of the data key', () => {
  it('first lets every function open what the new key seals, and only then has them seal with it', () => {
    expect([before!.currentKey, during!.currentKey, after!.currentKey]).toEqual(['data-1', 'data-1', 'data-2'])
    for (const sealed of [during!.seal('13800135010'), after!.seal('13800135010')]) {
      for (const vault of [during!, after!]) expect(vault.open(sealed)).toBe('13800135010')
    }
  })

  it('changes no hash', () => {
    expect(after!.hash('phone', '13800135010')).toBe(before!.hash('phone', '13800135010'))
  })

  it('records the new key as one that nothing is sealed with yet, and gives a recovery key for the old and the new one', () => {
    expect(begun.toRecord).toEqual({ _id: 'data-2', schema: 1, fingerprint: after!.fingerprints[0]!.fingerprint, isPlanned: true })
    expect(fingerprintsOf(keysFromRecoveryKey(begun.recoveryKey))).toEqual(after!.fingerprints)
  })

  it('is gone on with by the key that was made, from whatever a run left', () => {
    const planned = [...records(), { ...begun.toRecord! }]
    const halfOpen = rotationIn(online({ members: first, repairs: old }, planned), () => Buffer.alloc(32, 9), now)
    expect([halfOpen.made, halfOpen.toRecord, [...halfOpen.toOpen.keys()], halfOpen.isPlanned]).toEqual([begun.made, null, ['repairs'], true])
    const halfSealing = rotationIn(online({ members: second, repairs: first }, records(ringOf(second))), () => Buffer.alloc(32, 9), now)
    expect([halfSealing.made, halfSealing.isPlanned, halfSealing.toOpen.size, [...halfSealing.toSeal.keys()]]).toEqual([begun.made, false, 0, ['repairs']])
  })

  it('that left only its record is begun anew under the same number: nothing was ever sealed with it', () => {
    const again = rotationIn(online({ members: old }, [...records(), begun.toRecord!]), () => Buffer.alloc(32, 9), now)
    expect(again.toRecord).toMatchObject({ _id: 'data-2', isPlanned: true })
    expect(again.toRecord!.fingerprint).not.toBe(begun.toRecord!.fingerprint)
  })

  it('after one that has ended takes the next number, and takes away a key retired for longer than any backup is kept', () => {
    const ended = (retiredAt: Date) => records(ringOf(second)).map((record) =>
      record._id === 'data-2' ? { ...record, unopened: [] } : record._id === 'data-1' ? { ...record, retiredAt } : record)
    const next = (retiredAt: Date) => rotationIn(online({ members: second }, ended(retiredAt)), () => Buffer.alloc(32, 3), now)
    expect(ringOf(next(daysAgo(30)).toSeal.get('members')!).data.map(({ id }) => id)).toEqual(['data-3', 'data-2', 'data-1'])
    expect(ringOf(next(daysAgo(32)).toSeal.get('members')!).data.map(({ id }) => id)).toEqual(['data-3', 'data-2'])
  })

  it.each<[string, Online, RegExp]>([
    ['where no function has a key', online({}), /No function online has a data key/],
    ['where the key is not the recorded one', online({ members: variablesOf({ ...keys, data: [{ id: 'data-1', secret: Buffer.alloc(32, 7) }] }).LINLI_DATA_KEY! }), /The key data-1 is not the one/],
    ['where functions disagree', online({ members: old, repairs: variablesOf({ ...keys, data: [{ id: 'data-1', secret: Buffer.alloc(32, 7) }] }).LINLI_DATA_KEY! }), /do not agree on the key data-1/],
    ['where a needed key is lost', online({ members: old }, records(ringOf(second))), /needs the key data-2 too, and no function has it/],
    ['where the last change left something', online({ members: second }, records(ringOf(second)).map((record) => (record._id === 'data-2' ? { ...record, unopened: ['roster/x'] } : record))), /left 1 documents sealed with an older one \(roster\/x\)/],
  ])('is refused %s', (_, there, sentence) => {
    expect(refused(there)).toMatch(sentence)
  })
})
