import fs from 'node:fs'
import fc from 'fast-check'
import { employ, openOtherCommunity, otherCommunity, otherHouse, settleIn } from '../members/newcomers'
import { targets, type Target } from '../input/targets'
import { validFor } from '../input/valid-input'
import { inRoot } from '../../tools/root'
import { openVillage, type Village } from '../support/village'
import { actions, mayCall, openToAll, roles, type Role } from './matrix'

/** Of 3号楼2单元501, of another building of the same community, or of another community of the same company. */
const places = ['here', 'other building', 'other community'] as const
type Place = (typeof places)[number]

const here = 'h-3-2-501'
const residents: Role[] = ['owner', 'family', 'tenant']
const keyOf = (role: Role, place: Place): string => `${role}-${place.replace(' ', '-')}`

let village: Village
beforeAll(async () => { village = await openVillage() })
afterAll(() => village.close())

const settle = async (role: Role, place: Place): Promise<void> => {
  const key = keyOf(role, place)
  if (role === 'stranger') return
  const elsewhere = place === 'other community'
  if (residents.includes(role)) {
    const houseId = place === 'here' ? here : elsewhere ? otherHouse : 'h-1-1-101'
    return settleIn(village, key, houseId, role as 'owner', elsewhere ? { ...otherCommunity, building: '9', houseLabel: '9号楼1单元901' } : {})
  }
  await employ(village, key, { role: role as 'clerk', buildings: place === 'other building' ? ['1'] : null, ...(elsewhere && otherCommunity) })
}

let isFresh = false

/** Everybody in their place; not made anew while nobody has done anything. */
const populate = async (): Promise<void> => {
  if (isFresh) return
  isFresh = true
  await village.again()
  await openOtherCommunity(village)
  await Promise.all(roles.flatMap((role) => places.map((place) => settle(role, place))))
}

/** What names something of 3号楼2单元501, by the field it is usually named in. */
const poolOf = async (): Promise<Record<string, string[]>> => {
  const ids = async (collection: string, of: (document: Record<string, unknown>) => boolean) => (await village.documents(collection)).filter(of).map(({ _id }) => String(_id))
  const repairs = await ids('repairs', ({ houseId }) => houseId === here)
  return {
    houseId: [here], communityId: ['c-lihua'], building: ['3'], memberId: ['m-li', 'm-wang'], actorId: ['m-wang'], technicianId: ['m-chen'], repairId: repairs, intoId: repairs,
    rosterId: await ids('roster', ({ houseId }) => houseId === here), text: ['3-2-501'], query: ['3号楼2单元501'], requestId: ['a-request-of-theirs'],
  }
}

/** Nobody from elsewhere may read these. */
const secrets = ['3号楼2单元501', '138****5010', '139****5011', '13800135010', '13900135011']

type Answered = { ok: boolean; error?: { code: string } }
const call = async (role: Role, place: Place, { name, action }: Target, input: unknown): Promise<Answered> => {
  const answer = (await village.as(keyOf(role, place)).callRaw(name, { action, input, client: { version: '0.1.0' } })) as Answered
  if (answer.ok) isFresh = false
  return answer
}

const titleOf = ({ name, action }: Target) => `${name}.${action}`
const served = targets.filter(({ name }) => fs.existsSync(inRoot('cloudfunctions', name, 'index.ts')))
const cells: string[] = []

describe('the permission matrix', () => {
  it('has a row for every action, and no row for what is not there', () => {
    expect(served.map(titleOf).filter((title) => !actions.includes(title))).toEqual([])
    expect(actions.filter((title) => !targets.map(titleOf).includes(title))).toEqual([])
  })

  it('says so when an action has no row', () => {
    expect(() => mayCall('owner', 'repairs.explode')).toThrow('Say in tests/permissions/matrix.ts who may call repairs.explode')
  })
})

const isNarrow = (target: Target) => !openToAll.includes(titleOf(target))

describe.each(served.map((target) => [titleOf(target), target] as const))('%s', (title, target) => {
  it('is refused to whoever may not, and shows nothing of a house to anybody from elsewhere', async () => {
    await populate()
    const byField = await poolOf()
    const inputs = fc.sample(validFor(target.input, 'input', { byField, all: Object.values(byField).flat() }), { numRuns: 3, seed: 20261124 })
    const wrong: string[] = []
    // From elsewhere first: whoever is there changes the place.
    for (const place of ['other community', 'other building', 'here'] as const) {
      for (const role of roles.filter((each) => each !== 'stranger' || place === 'here')) {
        const isAdmitted = mayCall(role, title)
        const cell = `${role}, ${place}`
        cells.push(cell)
        const tried = isAdmitted && place !== 'here' ? inputs : [inputs[0]]
        for (const input of tried) {
          const answer = await call(role, place, target, input)
          if (!isAdmitted && answer.error?.code !== 'FORBIDDEN') wrong.push(`${cell}: may not, and was answered ${answer.error?.code ?? 'OK'}`)
          if (answer.error?.code === 'INTERNAL') wrong.push(`${cell}: INTERNAL for ${JSON.stringify(input)}`)
          const shown = answer.ok && (place !== 'here' || role === 'stranger') && isNarrow(target) && secrets.find((secret) => JSON.stringify(answer).includes(secret))
          if (shown) wrong.push(`${cell}: was shown ${shown}`)
        }
        if (isAdmitted && place === 'here') {
          // A wrong input is refused after the gate, so that being let through it needs no right one.
          const answer = await call(role, place, target, { nonsense: true })
          if (answer.error?.code !== 'INVALID_INPUT') wrong.push(`${cell}: may, and was answered ${answer.error?.code ?? 'OK'} at the gate`)
        }
      }
    }
    expect(wrong).toEqual([])
  }, 60_000)
})

it('has been tried whole', () => {
  process.stdout.write(`permission matrix: ${served.length} actions × (9 roles × 3 places + a stranger) = ${cells.length} cells\n`)
  expect(cells).toHaveLength(served.length * 28)
})
