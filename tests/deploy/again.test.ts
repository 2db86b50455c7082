import type { Declared } from '../../tools/deploy/declared'
import { type Deployer, morning, openDeployer, production, demonstration } from './deploying'

let place: Deployer
beforeEach(async () => {
  place = openDeployer()
  await place.run()
  place.online.calls.length = 0
})

const setVariable = (name: string, variable: string, value: string | null): void => {
  const { Environment } = place.online.functions.get(name)!
  Environment.Variables = [...Environment.Variables.filter(({ Key }) => Key !== variable), ...(value === null ? [] : [{ Key: variable, Value: value }])]
}
const variable = (name: string, wanted: string) => place.online.functions.get(name)!.Environment.Variables.find(({ Key }) => Key === wanted)?.Value
const withIndex = (declared: Declared, keys: Record<string, 1 | -1>): Declared => ({
  ...declared,
  collections: declared.collections.map((one) => (one.name === 'inbox' ? { ...one, indexes: one.indexes.map((index) => (index.name === 'order' ? { ...index, keys } : index)) } : one)),
})
const changed = (declared: Declared, name: string): Declared =>
  ({ ...declared, functions: declared.functions.map((one) => (one.name === name ? { ...one, digest: '0000000000000000' } : one)) })
const release = (declared: Declared, version: string, readableFrom: string): Declared => ({ ...declared, version, readableFrom })

describe('a second deployment', () => {
  it('plans nothing and touches nothing', async () => {
    expect(await place.run()).toBe(0)
    expect(place.online.calls).toEqual([])
    expect(place.printed).toContain('Nothing to do: what is online is what is here.')
  })

  it('never prints the recovery key again', async () => {
    await place.run({}, { declared: changed(place.declared, 'home') })
    expect(place.printed.join('\n')).not.toMatch(/RECOVERY KEY/)
  })

  it('uploads only what changed', async () => {
    expect(await place.run({}, { declared: changed(place.declared, 'home') })).toBe(1)
    expect(place.online.calls).toEqual(['uploadFunction home', 'updateFunctionConfig home'])
  })

  it('keeps every variable that is online, and adds only what is missing', async () => {
    const dataKey = variable('members', 'LINLI_DATA_KEY')
    setVariable('members', 'COMPANY_PROXY', 'http://10.0.0.1')
    setVariable('members', 'LINLI_ENVIRONMENT', null)
    expect(await place.run()).toBe(1)
    expect(place.online.calls).toEqual(['updateFunctionConfig members'])
    expect(variable('members', 'COMPANY_PROXY')).toBe('http://10.0.0.1')
    expect(variable('members', 'LINLI_DATA_KEY')).toBe(dataKey)
    expect(variable('members', 'LINLI_ENVIRONMENT')).toBe('production')
  })

  it('gives a new function the keys of the others', async () => {
    place.online.functions.delete('repairs')
    await place.run()
    expect(variable('repairs', 'LINLI_DATA_KEY')).toBe(variable('members', 'LINLI_DATA_KEY'))
  })

  it('gives the hash key of release 0.1.0 the value its data key had', async () => {
    for (const name of place.online.functions.keys()) setVariable(name, 'LINLI_HASH_KEY', null)
    const records = place.online.collections.get('key_records')!.documents
    records.splice(records.findIndex(({ _id }) => _id === 'hash-1'), 1)
    const [, bare] = variable('members', 'LINLI_DATA_KEY')!.split(':')
    for (const name of place.online.functions.keys()) if (variable(name, 'LINLI_DATA_KEY')) setVariable(name, 'LINLI_DATA_KEY', bare!)
    await place.run()
    expect(variable('members', 'LINLI_HASH_KEY')).toBe(bare)
    expect(records.map(({ _id }) => _id)).toEqual(['data-1', 'hash-1'])
  })

  it('has what an older release stored rewritten, after the last function is the new one', async () => {
    const { version } = place.declared
    for (const fn of place.online.functions.values()) fn.Description = fn.Description!.replace(`linli ${version}`, 'linli 0.0.9')
    await place.run()
    expect(place.online.calls.filter((call) => !call.startsWith('uploadFunction') && !call.startsWith('updateFunctionConfig'))).toEqual(['update jobs'])
    expect(place.online.calls.at(-1)).toBe('update jobs')
    expect(place.online.collections.get('jobs')!.documents).toMatchObject([{ _id: `rewrite_${version}`, kind: 'rewrite', schema: 1, attempts: 0 }])
    expect(await place.run()).toBe(0)
  })

  it('puts a timer right, and removes nobody else\'s', async () => {
    const tick = place.online.functions.get('tick')!
    tick.Triggers = [{ TriggerName: 'everyMinute', Type: 'timer', TriggerDesc: '0 */5 * * * * *' }, { TriggerName: 'mine', Type: 'timer', TriggerDesc: '0 0 0 * * * *' }]
    expect(await place.run()).toBe(1)
    expect(place.online.calls).toEqual(['deleteTimer tick', 'createTimer tick'])
    expect(tick.Triggers.map((one) => one.TriggerName)).toEqual(['mine', 'everyMinute'])
    expect(place.printed.join('\n')).toContain('Function tick has a timer mine that is not declared here')
  })

  it('closes a collection that somebody opened, and sets a changed storage rule right', async () => {
    place.online.collections.get('members')!.permission = 'READONLY'
    place.online.storage.rule = { read: true, write: true }
    expect(await place.run()).toBe(2)
    expect(place.online.calls).toEqual(['rule members', 'rule storage'])
  })

  it('asks for the first manager only as long as there is none', async () => {
    await place.run()
    expect(place.online.calls).toEqual([])
    await place.run({ isNewCode: true })
    expect(place.online.calls).toEqual(['update setup_codes'])
    const nextDay = new Date(morning.getTime() + 25 * 3_600_000)
    expect(await place.run({}, { now: nextDay })).toBe(1)
    place.online.collections.get('members')!.documents.push({ _id: 'm-1', postKeys: ['c-1/clerk', 'c-2/manager'] })
    expect(await place.run({ isNewCode: true }, { now: nextDay })).toBe(0)
  })
})

describe('a changed index', () => {
  it('stops the deployment before anything is touched, and says how to go on', async () => {
    const refused = await place.run({}, { declared: changed(withIndex(place.declared, { memberId: 1, orderKey: 1 }), 'home') })
    expect(refused).toBe('The index inbox.order is (memberId, orderKey ↓) online and (memberId, orderKey) here. It is never dropped unasked: while a large one is made anew its lists are slow. Run again with --replace-indexes, best at night.')
    expect(place.online.calls).toEqual([])
  })

  it('is replaced when asked for', async () => {
    expect(await place.run({ replaceIndexes: true }, { declared: withIndex(place.declared, { memberId: 1, orderKey: 1 }) })).toBe(1)
    expect(place.online.calls).toEqual(['dropIndex inbox.order', 'createIndex inbox.order'])
  })

  it('counts the order of its keys', async () => {
    expect(await place.run({}, { declared: withIndex(place.declared, { orderKey: -1, memberId: 1 }) })).toMatch(/is \(memberId, orderKey ↓\) online and \(orderKey ↓, memberId\) here/)
  })

  it('that is online and not declared stays, and is named', async () => {
    place.online.collections.get('inbox')!.indexes.push({ Name: 'old', Unique: false, Keys: [{ Name: 'kind', Direction: '1' }] })
    expect(await place.run()).toBe(0)
    expect(place.printed.join('\n')).toContain('Index inbox.old is online and not declared here; it stays.')
  })
})

describe('a part alone', () => {
  it.each([
    ['database', /^(createCollection|rule|createIndex|update configurations)/],
    ['functions', /^(rule function|createFunction|uploadFunction|updateFunctionConfig|createTimer|insert key_records|update setup_codes)/],
    ['phone', /^uploadPhone/],
  ] as const)('%s sends nothing else', async (only, allowed) => {
    const fresh = openDeployer(production)
    if (only === 'functions') await fresh.run({ only: 'database' })
    fresh.online.calls.length = 0
    await fresh.run({ only })
    expect(fresh.online.calls.length).toBeGreaterThan(0)
    expect(fresh.online.calls.filter((call) => !allowed.test(call))).toEqual([])
  })
})

describe('a rollback', () => {
  beforeEach(async () => {
    await place.run({}, { declared: release(place.declared, '0.9.0', '0.8.0') })
    place.online.calls.length = 0
  })

  it('is a deployment of the older release, and says what phones need', async () => {
    expect(await place.run({}, { declared: release(place.declared, '0.8.1', '0.7.0') })).toBeGreaterThan(0)
    expect(place.online.functions.get('home')!.Description).toMatch(/^linli 0\.8\.1 ·/)
    expect(place.printed.join('\n')).toContain('This goes back from 0.9.0 to 0.8.1. What 0.9.0 stored stays and can be read')
    expect(place.printed.join('\n')).toContain('版本回退')
  })

  it('is refused to a release that could not read what is stored', async () => {
    expect(await place.run({}, { declared: release(place.declared, '0.7.9', '0.7.0') })).toBe(
      'Release 0.9.0 is online, and what it has stored can be read by 0.8.0 and later; 0.7.9 could not. Deploy 0.8.0 instead, or restore the backup made before 0.9.0 into an empty environment.')
    expect(place.online.calls).toEqual([])
  })
})

describe('two environments', () => {
  it('cannot be mixed: a deployment refuses the cloud environment of another', async () => {
    expect(await place.run({}, { environment: { ...demonstration, cloudEnvironment: production.cloudEnvironment } })).toMatch(/^The cloud environment linli-prod-0a1b is "production", not "demonstration"/)
    expect(place.online.calls).toEqual([])
  })
})
