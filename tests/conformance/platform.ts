import { deserialize } from 'node:v8'
import { startTestCloud, stopTestCloud, wang } from '../cloud/cloud-fixture'
import type { FunctionSource, TestCloud } from '../cloud/cloud-fixture'
import type { CloudOptions } from '../../simulator/cloud/cloud'

/** As the caller of the SDK sees a rejection; a property that is absent is undefined. */
export type Failure = { errCode?: number; errMsg?: string; code?: string; message?: string }

/**
 * One thing the platform does. `code` is the body of an async function run in a function process, with `cloud`, `db`, `_`, `$`, `require`.
 * `evidence` names where the behaviour is known from: README.md of this folder says how.
 */
export type Case = { name: string; evidence: string; code: string } & (
  | { gives: unknown }
  | { fails: { [property in keyof Failure]: Failure[property] | RegExp } }
)

type Indexes = { name: string; unique?: boolean; keys: Record<string, 1 | -1> }[]
type Settings = {
  /** Collections, and the indexes of each. */
  collections?: Record<string, Indexes>
  /** Functions beside `sdk`. */
  functions?: Record<string, FunctionSource>
  /** What the config.json of `sdk` lists. */
  openapi?: string[]
  options?: Partial<CloudOptions>
}

export type Platform = {
  cloud: TestCloud
  /** The value the code returns, with its dates and buffers; a rejection of the SDK fails the test. */
  run: (code: string, given?: unknown) => Promise<unknown>
  /** What the code is rejected with; code that succeeds fails the test. */
  refuse: (code: string, given?: unknown) => Promise<Failure>
  /** The addresses function processes have connected to. */
  addresses: Set<string>
  close: () => Promise<void>
}

// Every process that runs SDK calls tells which addresses it connected to: the canary of each file.
const sdkFunction = `{
const net = require('node:net'), { serialize } = require('node:v8'), addresses = new Set(), connect = net.Socket.prototype.connect
net.Socket.prototype.connect = function (...parts) {
  const [target] = Array.isArray(parts[0]) ? parts[0] : parts
  addresses.add(String(target.host ?? target.path ?? 'localhost'))
  return connect.apply(this, parts)
}
const AsyncFunction = (async () => {}).constructor
const names = { cloud, db, _: db.command, $: db.command.aggregate, require }
const describe = (reason) => {
  const { errCode, errMsg, code, message } = reason ?? {}
  return { errCode, errMsg, code, message: typeof reason === 'string' ? reason : message }
}
exports.main = async ({ code, given }) => {
  let outcome
  try {
    outcome = { value: await new AsyncFunction(...Object.keys(names), 'given', code)(...Object.values(names), given) }
  } catch (reason) {
    outcome = { failure: describe(reason) }
  }
  return { outcome: serialize(outcome).toString('base64'), addresses: [...addresses] }
}
}`

const closed = { read: false, write: false }

/** A cloud for one test file: the SDK, unmodified, in a real function process, and the collections the file asks for. */
export const openPlatform = async ({ collections = {}, functions = {}, openapi = [], options = {} }: Settings = {}): Promise<Platform> => {
  const rules = Object.entries(collections).flatMap(([name, indexes]) => [[name, closed], [`${name}.indexes`, indexes]] as const)
  const cloud = await startTestCloud({
    functions: { sdk: { code: sdkFunction, config: { timeout: 30, permissions: { openapi } } }, ...functions },
    rules: Object.fromEntries(rules),
    options,
  })
  const addresses = new Set<string>()
  const outcomeOf = async (code: string, given: unknown): Promise<{ value?: unknown; failure?: Failure }> => {
    const answer = await cloud.call('sdk', { code, given }, wang)
    for (const address of answer.addresses) addresses.add(address)
    return deserialize(Buffer.from(answer.outcome, 'base64')) as { value?: unknown; failure?: Failure }
  }
  return {
    cloud,
    addresses,
    run: async (code, given) => {
      const { value, failure } = await outcomeOf(code, given)
      if (failure) throw new Error(`the SDK refused: ${JSON.stringify(failure)}`)
      return value
    },
    refuse: async (code, given) => {
      const { value, failure } = await outcomeOf(code, given)
      if (!failure) throw new Error(`the SDK did not refuse, but gave ${JSON.stringify(value)}`)
      return failure
    },
    close: () => stopTestCloud(cloud),
  }
}

const asMatcher = (wanted: unknown): unknown => (wanted instanceof RegExp ? expect.stringMatching(wanted) : wanted)

/** Declares a test for each case, named with its evidence. */
export const hold = (platform: () => Platform, cases: Case[]): void => {
  it.each(cases.map((each) => [`${each.name} — ${each.evidence}`, each] as const))('%s', async (_title, each) => {
    if ('gives' in each) {
      expect(await platform().run(each.code)).toEqual(each.gives)
      return
    }
    const wanted = Object.entries(each.fails).map(([property, value]) => [property, asMatcher(value)])
    expect(await platform().refuse(each.code)).toMatchObject(Object.fromEntries(wanted) as object)
  })
}

/** Declares the canary: everything the functions of a file asked for was asked of this machine. */
export const holdToThisMachine = (platform: () => Platform): void => {
  it('no request of these functions left this machine — wire §0 [V]', () => {
    expect([...platform().addresses]).toEqual(['127.0.0.1'])
  })
}
