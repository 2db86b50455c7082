import { fingerprintsOf, keysFromRecoveryKey, keysOf } from '../../cloudfunctions/_shared/keys'
import { demonstration, openDeployer, production, type Deployer } from './deploying'

let place: Deployer
beforeEach(async () => { place = await deployed() })

const deployed = async (): Promise<Deployer> => {
  const fresh = openDeployer()
  await fresh.run()
  fresh.online.calls.length = 0
  return fresh
}
const variablesOf = ({ online }: Deployer, name: string): Record<string, string> =>
  Object.fromEntries(online.functions.get(name)!.Environment.Variables.map(({ Key, Value }) => [Key, Value]))
const ringsOf = (of: Deployer): string[][] =>
  [...of.online.functions.keys()].flatMap((name) => {
    const variables = variablesOf(of, name)
    return variables.LINLI_DATA_KEY ? [keysOf(variables).data.map(({ id }) => id)] : []
  })
const secretOfNew = ({ variables }: { variables: Record<string, string> }): string[] =>
  keysOf(variables).data.filter(({ id }) => id === 'data-2').map(({ secret }) => secret.toString('hex'))
const documents = (of: Deployer, name: string) => of.online.collections.get(name)!.documents
const rotate = (of: Deployer = place) => of.run({ rotatesKey: true })

describe('npm run deploy -- --rotate-key', () => {
  it('gives every function the new key to open with, then to seal with, and then has everything sealed anew', async () => {
    const before = keysOf(variablesOf(place, 'members'))
    expect(await rotate()).toBeGreaterThan(20)
    expect(new Set(ringsOf(place).map(String))).toEqual(new Set(['data-2,data-1']))
    const after = keysOf(variablesOf(place, 'members'))
    expect(after.hash).toEqual(before.hash)
    expect(documents(place, 'key_records')).toContainEqual({ _id: 'data-2', schema: 1, fingerprint: fingerprintsOf(after)[0]!.fingerprint })
    expect(documents(place, 'jobs')).toMatchObject([{ _id: 'rotation_data-2', kind: 'rotation', attempts: 0 }])
    const [record, ...others] = place.online.calls
    expect([record, others.at(-1)]).toEqual(['update key_records', 'insert jobs'])
    const confirmed = others.indexOf('update key_records')
    expect(new Set(others.slice(0, confirmed))).toEqual(new Set(others.slice(confirmed + 1, -1)))
  })

  it('prints the new recovery key, and no key else', async () => {
    await rotate()
    const printed = place.printed.join('\n')
    const [recoveryKey] = /\b(?:[0-9A-Z]{5}-){10,}[0-9A-Z]{1,5}\b/.exec(printed)!
    expect(keysFromRecoveryKey(recoveryKey)).toEqual(keysOf(variablesOf(place, 'members')))
    expect(printed).not.toContain(variablesOf(place, 'members').LINLI_HASH_KEY!)
    expect(printed).not.toContain(variablesOf(place, 'members').LINLI_DATA_KEY!.slice(7, 30))
  })

  it('as a dry run says what it would do, and does nothing', async () => {
    expect(await place.run({ rotatesKey: true, isDryRun: true })).toBeGreaterThan(20)
    expect(place.online.calls).toEqual([])
    expect(place.printed.join('\n')).toContain('let function members open what data-2 seals')
    expect(place.printed.at(-1)).toBe('Dry run: nothing was changed.')
  })

  it('again, while tick still seals anew, does nothing', async () => {
    await rotate()
    place.online.calls.length = 0
    expect(await rotate()).toBe(0)
    expect(place.online.calls).toEqual([])
  })

  it('that broke off at any call is gone on with to the same end, by the key that was made', async () => {
    await rotate()
    const calls = place.online.calls.map((call, i) => ({ call, count: place.online.calls.slice(0, i).filter((one) => one === call).length }))
    for (const { call, count } of calls) {
      const broken = await deployed()
      broken.online.failAt(call, { code: 'InternalError', message: 'try later' }, count)
      expect(await rotate(broken)).toMatch(/refused/)
      const held = new Set(ringsOf(broken).flat())
      expect(await rotate(broken)).toBeGreaterThan(0)
      expect(new Set(ringsOf(broken).map(String))).toEqual(new Set(['data-2,data-1']))
      expect(documents(broken, 'key_records').map(({ _id, isPlanned }) => [_id, isPlanned])).toEqual([['data-1', undefined], ['hash-1', undefined], ['data-2', undefined]])
      expect(documents(broken, 'jobs')).toMatchObject([{ _id: 'rotation_data-2' }])
      if (held.has('data-2')) expect(new Set(broken.online.history.filter(({ variables }) => variables.LINLI_DATA_KEY).flatMap(secretOfNew))).toHaveProperty('size', 1)
      expect(await rotate(broken)).toBe(0)
      expect(await broken.run()).toBe(0)
    }
  }, 180_000)

  it.each([
    ['another environment\'s cloud', () => place.run({ rotatesKey: true }, { environment: { ...demonstration, cloudEnvironment: production.cloudEnvironment } }), /is "production", not "demonstration"/],
    ['another release online', () => place.run({ rotatesKey: true }, { declared: { ...place.declared, version: '9.9.9' } }), /is not the one of this release\. First run npm run deploy -- --env production/],
    ['something else to do', () => place.run({ rotatesKey: true, only: 'functions' }), /changes the key and nothing else/],
  ])('is refused with %s, and nothing is touched', async (_, run, sentence) => {
    expect(await run()).toMatch(sentence)
    expect(place.online.calls).toEqual([])
  })

  it('half-way, is what a deployment without the word points to', async () => {
    place.online.failAt('updateFunctionConfig repairs', { message: 'try later' })
    await rotate()
    expect(await place.run()).toMatch(/If a change of the key was cut short, run it again with --rotate-key instead/)
  })
})
