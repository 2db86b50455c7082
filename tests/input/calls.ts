import fc from 'fast-check'
import { villagers } from '../../simulator/seed/villagers'
import { nastyKey, nastyTexts, nastyValue } from './nasty'
import type { Target } from './targets'
import { validFor } from './valid-input'
import { whoMay } from './who-may'
import type { World } from './world'

/** A call as a phone, or somebody pretending to be one, sends it. */
export type Call = { who: string; name: string; action: string; data: unknown }

export const everybody = [...villagers.map(({ key }) => key), 'stranger']

type Fields = Record<string, unknown>
const client = { version: '0.1.0' }

/** Who and what somebody claims to be, beside what they ask. */
const claims = fc.constantFrom<Fields>(
  { openid: 'o-village-he' }, { OPENID: 'o-village-he' }, { userInfo: { openId: 'o-village-he', appId: 'wx1111aaaa2222bbbb' } }, { caller: { openid: 'o-village-he', post: { role: 'manager' } } },
  { role: 'manager' }, { post: { role: 'manager', communityId: 'c-lihua' } }, { total: 0 }, { member: { _id: 'm-he' } }, { SOURCE: 'wx_trigger', Type: 'Timer' }, { isAdmin: true },
)

const spoiled = (input: Fields, nasty: fc.Arbitrary<unknown>): fc.Arbitrary<Fields> => {
  const keys = Object.keys(input)
  if (keys.length === 0) return fc.constant(input)
  return fc.tuple(fc.constantFrom(...keys), nasty).map(([key, value]) => ({ ...input, [key]: value }))
}

const lacking = (input: Fields): fc.Arbitrary<Fields> =>
  fc.constantFrom('nothing', ...Object.keys(input)).map((gone) => Object.fromEntries(Object.entries(input).filter(([key]) => key !== gone)))

/** The calls of a world that are answered when they come first. */
export const likelyCallsOf = ({ name, action }: Target, { likely }: World): Call[] =>
  likely.map(({ who, input }) => ({ who, name, action, data: { action, input, client } }))

/** Calls of one action: as they should be, a little wrong, and wrong altogether; by everybody, and more often by those who may. */
export const callsOf = ({ name, action, input: schema }: Target, { ids, byField, likely }: World): fc.Arbitrary<Call> => {
  const nasty = nastyValue(ids)
  const fitting = validFor(schema, 'input', { byField, all: [...ids, ...nastyTexts] }) as fc.Arbitrary<Fields>
  // What belongs together is seldom found by chance, and what is wrong with one field of it is seen only where the others are right.
  const valid = likely.length === 0 ? fitting : fc.oneof(fitting, fc.constantFrom(...likely.map((each) => each.input)))
  const envelope = (input: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> => input.map((value) => ({ action, input: value, client }))
  const extended = (of: fc.Arbitrary<Fields>): fc.Arbitrary<Fields> =>
    fc.tuple(of, nastyKey, nasty).map(([fields, key, value]) => ({ ...fields, [key]: value }))

  const data = fc.oneof(
    { weight: 6, arbitrary: envelope(valid) },
    { weight: 5, arbitrary: envelope(valid.chain((input) => spoiled(input, nasty))) },
    { weight: 1, arbitrary: envelope(valid.chain(lacking)) },
    { weight: 2, arbitrary: envelope(extended(valid)) },
    { weight: 1, arbitrary: envelope(nasty) },
    { weight: 1, arbitrary: extended(envelope(valid) as fc.Arbitrary<Fields>) },
    { weight: 2, arbitrary: fc.tuple(envelope(valid) as fc.Arbitrary<Fields>, claims).map(([fields, claim]) => ({ ...fields, ...claim })) },
    { weight: 2, arbitrary: envelope(fc.tuple(valid, claims).map(([fields, claim]) => ({ ...fields, ...claim }))) },
    { weight: 1, arbitrary: fc.tuple(valid, fc.oneof(nasty, fc.constantFrom('0.0.9', '0', '1.2.3.4', '99999.0.0', '9999.0.0'))).map(([input, version]) => ({ action, input, client: { version } })) },
    { weight: 1, arbitrary: fc.tuple(valid, nasty, nasty).map(([input, wrongAction, wrongClient]) => ({ action: wrongAction, input, client: wrongClient })) },
    { weight: 1, arbitrary: nasty },
  )
  const who = fc.oneof(fc.constantFrom(...everybody), fc.constantFrom(...whoMay(name, action)), ...(likely.length > 0 ? [fc.constantFrom(...likely.map((each) => each.who))] : []))
  return fc.record({ who, name: fc.constant(name), action: fc.constant(action), data })
}
