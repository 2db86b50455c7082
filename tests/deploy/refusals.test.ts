import { demonstration, type Deployer, openDeployer } from './deploying'

let place: Deployer
beforeEach(() => {
  place = openDeployer()
})

describe('a refusal', () => {
  it.each([
    ['a wrong key', 'createCollection audits', { code: 'AuthFailure.SignatureFailure', message: 'The provided credentials could not be validated' },
      'create collection audits', /Tencent Cloud does not accept the key\. Set TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY/],
    ['a key without the right', 'createCollection audits', { code: 'UnauthorizedOperation', message: 'no permission' }, 'create collection audits', /give its user QcloudTCBFullAccess and QcloudSCFFullAccess/],
    ['an address that is not in the white list', 'uploadPhone', { message: 'Error: 20003 {"errCode":-10008,"errMsg":"invalid ip: 203.0.113.7, reference: docs"}' },
      'pack and upload the mini-program', /takes uploads from known addresses only, and this machine's is not one of them \(203\.0\.113\.7\)\. In mp\.weixin\.qq\.com/],
    ['a missing environment', 'uploadFunction home', { message: 'env not found' }, 'create function home', /There is no such cloud environment in this account\. Compare cloudEnvironment in environments\.json/],
    ['a used-up plan', 'createFunction tick', { code: 'LimitExceeded.Function', message: 'function number exceeds' }, 'create function tick', /The plan of this cloud environment is used up/],
    ['a wrong upload key', 'uploadPhone', { message: 'error:1E08010C:DECODER routines::unsupported' }, 'pack and upload', /WECHAT_UPLOAD_KEY_FILE must name the file private\.<AppID>\.key/],
    ['a value stored twice', 'createIndex houses.room', { code: 'FailedOperation', message: 'E11000 duplicate key error' }, 'create index houses.room', /holds the same value twice/],
    ['no network', 'createCollection audits', { code: 'ENOTFOUND', message: 'getaddrinfo ENOTFOUND tcb.tencentcloudapi.com' }, 'create collection audits', /could not be reached from this machine/],
    ['anything else', 'createTimer tick', { code: 'InternalError', message: 'try later' }, 'set the timer of tick', /Once it is mended, run the same command again: it goes on where it stopped\.\n {2}The answer was: InternalError try later/],
  ])('%s stops everything after it and says what to do', async (_, call, error, doing, advice) => {
    place.online.failAt(call, error)
    const refused = await place.run()
    expect(refused).toContain(doing)
    expect(refused).toMatch(advice)
    expect(place.online.calls.at(-1)).toContain(call)
  })

  it('leaves a state from which the next run goes on to the same end', async () => {
    const whole = openDeployer()
    await whole.run()
    const calls = [...new Set(whole.online.calls)]
    expect(calls.length).toBeGreaterThan(80)
    for (const call of calls) {
      const broken = openDeployer()
      broken.online.failAt(call, { code: 'InternalError', message: 'try later' })
      expect(typeof (await broken.run())).toBe('string')
      expect(typeof (await broken.run())).toBe('number')
      expect(await broken.run()).toBe(0)
      expect([...broken.online.collections].map(([name, { indexes, permission }]) => [name, indexes, permission]))
        .toEqual([...whole.online.collections].map(([name, { indexes, permission }]) => [name, indexes, permission]))
      expect([...broken.online.functions].map(([name, { Description, Triggers, Timeout }]) => [name, Description, Triggers, Timeout]))
        .toEqual([...whole.online.functions].map(([name, { Description, Triggers, Timeout }]) => [name, Description, Triggers, Timeout]))
      expect(broken.online.collections.get('configurations')!.documents).toEqual(whole.online.collections.get('configurations')!.documents)
      const held = [...broken.online.functions.values()].flatMap(({ Environment }) => Environment.Variables.filter(({ Key }) => Key === 'LINLI_DATA_KEY'))
      expect(new Set(held.map(({ Value }) => Value)).size).toBe(1)
    }
  }, 180_000)

  it('half-way through the documents of a demonstration can be gone on from', async () => {
    for (const call of ['update communities', 'update buildings', 'update houses', 'update configurations']) {
      const broken = openDeployer(demonstration)
      broken.online.failAt(call, { code: 'InternalError', message: 'try later' })
      expect(await broken.run()).toMatch(/refused/)
      expect(typeof (await broken.run())).toBe('number')
      expect(await broken.run()).toBe(0)
      expect(broken.online.collections.get('houses')!.documents).toHaveLength(1)
      expect(broken.online.collections.get('configurations')!.documents).toHaveLength(2)
    }
  })

  it('prints the recovery key of a run that broke off before it was recorded', async () => {
    place.online.failAt('insert key_records', { code: 'InternalError', message: 'try later' })
    await place.run()
    await place.run()
    expect(place.printed.join('\n')).toContain('RECOVERY KEY')
  })
})

describe('keys', () => {
  const setAll = (variable: string, value: string | null) => {
    for (const { Environment } of place.online.functions.values()) {
      if (value === null) Environment.Variables = Environment.Variables.filter(({ Key }) => Key !== variable)
      else for (const one of Environment.Variables) if (one.Key === variable) one.Value = value
    }
  }
  let recoveryKey: string
  beforeEach(async () => {
    await place.run()
    recoveryKey = /\b(?:[0-9A-Z]{5}-){10,}[0-9A-Z]{1,5}\b/.exec(place.printed.join('\n'))![0]
    place.online.calls.length = 0
  })

  it('that are gone stop the deployment: new ones could not open what is stored', async () => {
    setAll('LINLI_DATA_KEY', null)
    expect(await place.run()).toMatch(/no function has the key any more\. Set LINLI_RECOVERY_KEY/)
    expect(place.online.calls).toEqual([])
  })

  it('that are gone come back with the recovery key', async () => {
    const before = place.online.functions.get('members')!.Environment.Variables.map(({ Key, Value }) => `${Key}=${Value}`).sort()
    setAll('LINLI_DATA_KEY', null)
    setAll('LINLI_HASH_KEY', null)
    expect(typeof (await place.run({ recoveryKey: recoveryKey.toLowerCase() }))).toBe('number')
    expect(place.online.functions.get('members')!.Environment.Variables.map(({ Key, Value }) => `${Key}=${Value}`).sort()).toEqual(before)
  })

  it('of another environment are refused', async () => {
    setAll('LINLI_DATA_KEY', Buffer.alloc(32, 9).toString('base64'))
    expect(await place.run()).toMatch(/^These keys are not those that this environment's personal data is sealed with/)
    expect(place.online.calls).toEqual([])
  })

  it('that two functions do not agree on are refused', async () => {
    place.online.functions.get('repairs')!.Environment.Variables.find(({ Key }) => Key === 'LINLI_DATA_KEY')!.Value = Buffer.alloc(32, 9).toString('base64')
    expect(await place.run()).toMatch(/^The functions \w+ and \w+ hold different values of LINLI_DATA_KEY/)
  })
})

describe('a function that WeChat made on another runtime', () => {
  it('stops the deployment, for it cannot be changed', async () => {
    await place.run()
    place.online.functions.get('home')!.Runtime = 'Nodejs8.9'
    expect(await place.run()).toBe('Function home runs on Nodejs8.9, and ours need Nodejs18.15; WeChat cannot change it. Write down its environment variables, delete it in the console, and run again.')
  })
})
