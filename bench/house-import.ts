import { randomUUID } from 'node:crypto'
import writeXlsx, { type SheetData } from 'write-excel-file/node'
import type { Client, Measurement } from './measure'

const houseCount = 3_000
const rounds = 7
const manager = 'o-village-he'

type Shown = { importId: string; status: string; houses: { created: number; unchanged: number }; people: { created: number; unchanged: number } }

/** An owner in each of 3,000 homes, 150 to a building, none of which is there yet. */
const sheet = (): Promise<Buffer> => writeXlsx([
  ['楼栋', '单元', '房号', '建筑面积', '姓名', '手机号', '身份'],
  ...Array.from({ length: houseCount }, (_, i) =>
    [`${Math.floor(i / 150) + 11}号楼`, `${(Math.floor(i / 50) % 3) + 1}单元`, `${(Math.floor(i / 2) % 25) + 1}0${(i % 2) + 1}`, 88.88, `业主${i}`, `1380000${String(i).padStart(4, '0')}`, '业主']),
] as SheetData).toBuffer()

const upload = async (url: string, cloudPath: string, content: Buffer): Promise<string> => {
  const form = new FormData()
  form.set('openid', manager)
  form.set('cloudPath', cloudPath)
  form.set('file', new Blob([new Uint8Array(content)]), 'houses.xlsx')
  return ((await (await fetch(`${url}/client/upload`, { method: 'POST', body: form })).json()) as { fileID: string }).fileID
}

type Taken = { check: number; start: number; checkTrips: number; startTrips: number }

const tripsSince = async (client: Client, since: number): Promise<{ count: number; next: number }> => {
  const { calls, next } = (await client.get(`/control/calls?since=${since}`)) as { calls: { function: string }[]; next: number }
  return { count: calls.filter((call) => call.function === 'house-import').length, next }
}

/** One file, from the dry run to the end; the answer must say that every house and owner is in. */
const importOnce = async (client: Client, url: string, content: Buffer, expected: 'created' | 'unchanged'): Promise<Taken> => {
  const { uploadPrefix } = await client.call<{ uploadPrefix: string }>(manager, 'house-import', 'prepare', {})
  const fileId = await upload(url, `${uploadPrefix}/${randomUUID()}.xlsx`, content)
  const { next } = await tripsSince(client, 999_999_999)
  const [from, requestId] = [performance.now(), randomUUID()]
  const { import: checked } = await client.call<{ import: Shown }>(manager, 'house-import', 'check', { requestId, fileId, createsBuildings: true })
  const check = performance.now() - from
  const afterCheck = await tripsSince(client, next)
  const startedAt = performance.now()
  let { import: shown } = await client.call<{ import: Shown }>(manager, 'house-import', 'start', { importId: checked.importId, skipsErrors: false })
  while (shown.status === 'running') shown = (await client.call<{ import: Shown }>(manager, 'house-import', 'advance', { importId: checked.importId })).import
  const start = performance.now() - startedAt
  if (shown.houses[expected] !== houseCount || shown.people[expected] !== houseCount) throw new Error(`The import ended as ${JSON.stringify(shown)}`)
  return { check, start, checkTrips: afterCheck.count, startTrips: (await tripsSince(client, afterCheck.next)).count }
}

const measured = (workload: string, times: number[], roundTrips: number): Measurement => {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (share: number) => Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]! * 10) / 10
  return { workload, concurrency: 1, p50: at(0.5), p95: at(0.95), p99: at(0.99), opsPerSecond: Math.round(100_000 / at(0.5)) / 100, roundTrips }
}

/** W5: 3,000 houses with owners, written from parsed rows; the same again; and both with the reading of the file before it. */
export const importHouses = async (client: Client, url: string): Promise<Measurement[]> => {
  const content = await sheet()
  const taken: { first: Taken; again: Taken }[] = []
  for (let round = 0; round <= rounds; round += 1) {
    await client.post('/control/reset', { seed: 'village' })
    taken.push({ first: await importOnce(client, url, content, 'created'), again: await importOnce(client, url, content, 'unchanged') })
  }
  // The first round starts the processes.
  const warm = taken.slice(1)
  const { first, again } = warm[0]!
  return [
    measured('W5-import', warm.map((each) => each.first.start), first.startTrips),
    measured('W5-again', warm.map((each) => each.again.start), again.startTrips),
    measured('W5-xlsx', warm.map((each) => each.first.check + each.first.start), first.checkTrips + first.startTrips),
    measured('W5-xlsx-again', warm.map((each) => each.again.check + each.again.start), again.checkTrips + again.startTrips),
  ]
}
