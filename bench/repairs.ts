import { randomUUID } from 'node:crypto'
import { measure, type Client, type Measurement } from './measure'

const owner = (i: number) => `o-town-1-owner-${i % 3_000}`

/** W4: a resident reports a repair with three photos that are uploaded already. */
export const createRepairs = async (client: Client): Promise<Measurement[]> => {
  const people = await Promise.all(Array.from({ length: 200 }, async (_, i) => {
    const form = await client.call<{ houses: { houseId: string }[]; uploadPrefix: string }>(owner(i), 'repairs', 'prepare', {})
    return { openid: owner(i), houseId: form.houses[0]!.houseId, prefix: form.uploadPrefix }
  }))
  const create = async (i: number) => {
    const { openid, houseId, prefix } = people[i % people.length]!
    const photos = [1, 2, 3].map((n) => `cloud://local-env.bench/${prefix}/202611/${n}.jpg`)
    const { repairId } = await client.call<{ repairId: string }>(openid, 'repairs', 'create', {
      requestId: randomUUID(), houseId, category: 'plumbing', urgency: 'normal', description: '厨房水龙头漏水', photos,
    })
    if (!/^[0-9a-f]{32}$/.test(repairId)) throw new Error(`An order without an id: ${repairId}`)
  }
  return [
    await measure(client, 'W4-create', { functionName: 'repairs', concurrency: 1, operations: 300 }, create),
    await measure(client, 'W4-create', { functionName: 'repairs', concurrency: 20, operations: 1_500 }, create),
  ]
}

/** W4: the desk's first page out of a community with 10,000 orders. */
export const readQueue = async (client: Client): Promise<Measurement[]> => {
  const read = async () => {
    const { repairs, nextCursor } = await client.call<{ repairs: unknown[]; nextCursor: string | null }>('o-town-1-manager-0', 'repairs', 'queue', { stage: 'waiting' })
    if (repairs.length !== 20 || nextCursor === null) throw new Error(`The queue answered ${repairs.length} orders`)
  }
  return [
    await measure(client, 'W4-queue', { functionName: 'repairs', concurrency: 1, operations: 500 }, read),
    await measure(client, 'W4-queue', { functionName: 'repairs', concurrency: 20, operations: 2_000 }, read),
    await measure(client, 'W4-queue', { functionName: 'repairs', concurrency: 50, operations: 2_000 }, read),
  ]
}

/** A resident's own list, as short as theirs is, however large the town. */
export const readList = async (client: Client): Promise<Measurement[]> => {
  const read = async (i: number) => {
    const { repairs } = await client.call<{ repairs: unknown[] }>(owner(i), 'repairs', 'list', { houseId: `c-town-1-h-${houseOf(i % 3_000)}` })
    if (!Array.isArray(repairs)) throw new Error('The list is none')
  }
  return [
    await measure(client, 'repairs-list', { functionName: 'repairs', concurrency: 1, operations: 500 }, read),
    await measure(client, 'repairs-list', { functionName: 'repairs', concurrency: 20, operations: 2_000 }, read),
  ]
}
const houseOf = (i: number) => `${Math.floor(i / 150) + 1}-${(Math.floor(i / 50) % 3) + 1}-${(Math.floor(i / 2) % 25) + 1}0${(i % 2) + 1}`
