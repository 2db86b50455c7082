import { newRequest, openVillage, type Village } from '../support/village'
import { agree, phoneOf } from './newcomers'

let village: Village
beforeAll(async () => { village = await openVillage() })
afterAll(() => village.close())

const wangs = 'h-3-2-501'
type Change = { name: string; act(requestId: string): Promise<{ ok: boolean }>; isDone(): Promise<boolean>; action: string }

const housesOf = async (who: string) => (await village.as(who).get('members', 'session', {})).houses.map(({ houseId }) => houseId)
const applicationId = async () => (await village.documents('applications'))[0]!._id as string

const changes: Change[] = [
  {
    name: 'an approval', action: 'members.approve',
    act: async (requestId) => village.as('zhou').call('members', 'approve', { requestId, applicationId: await applicationId() }),
    isDone: async () => (await housesOf('lu')).includes('h-2-1-101'),
  },
  {
    name: 'a transfer', action: 'members.transferHouse',
    act: (requestId) => village.as('zhou').call('members', 'transferHouse', { requestId, houseId: wangs, name: '陆小曼', phone: phoneOf('zhao'), reason: '不动产证已核对' }),
    isDone: async () => (await housesOf('wang')).length === 0 && (await housesOf('li')).length === 0 && (await housesOf('zhao')).includes(wangs),
  },
  {
    name: 'a removal of staff', action: 'members.removeStaff',
    act: (requestId) => village.as('he').call('members', 'removeStaff', { requestId, memberId: 'm-zhou' }),
    isDone: async () => (await village.as('zhou').get('members', 'session', {})).post === null,
  },
]

// Cold: a function that remembers something makes one call less, and would outlive the moment it was to die at.
const begin = async () => {
  await village.post('/control/reset', { seed: 'village' })
  await agree(village, 'lu')
  await village.as('lu').get('members', 'apply', { requestId: newRequest(), houseId: 'h-2-1-101', relation: 'owner', name: '陆小曼', note: '' })
}

/** How many calls to the platform it makes: the last of them is the commit. */
const callsOf = async (change: Change): Promise<number> => {
  await begin()
  await change.act(newRequest())
  return village.lines.filter(({ function: name, action }) => name === 'members' && `members.${String(action)}` === change.action).at(-1)!.calls as number
}

const audited = async (change: Change): Promise<number> => (await village.documents('audits')).filter(({ action }) => action === change.action).length

const dieAt = async (change: Change, moment: { beforeCall: number } | { afterCall: number }): Promise<string> => {
  await begin()
  const requestId = newRequest()
  await village.post('/control/fault', { kind: 'kill', function: 'members', ...moment })
  expect(await change.act(requestId).catch(() => 'no answer')).toBe('no answer')
  await village.post('/control/fault', { kind: 'none' })
  return requestId
}

describe.each(changes.map((change) => [change.name, change] as const))('%s', (_, change) => {
  it.each([6, 4, 2, 0])('whose function died %i calls before its commit has not happened', async (before) => {
    await dieAt(change, { beforeCall: (await callsOf(change)) - before })
    expect([await change.isDone(), await audited(change)]).toEqual([false, 0])
  })

  it('whose answer was lost has happened once, though the phone asks again', async () => {
    const requestId = await dieAt(change, { afterCall: await callsOf(change) })
    expect([await change.isDone(), await audited(change)]).toEqual([true, 1])
    expect(await change.act(requestId)).toMatchObject({ ok: true })
    expect([await change.isDone(), await audited(change)]).toEqual([true, 1])
  })
})
