import { villagers } from '../../../simulator/seed/villagers'
import type { Village } from '../../support/village'
import { everythingSent, type Sent, type Tried } from './cell'

type Order = { _id: string; timeline: { requestId: string }[] }
type Row = { memberId: string; title: string; page: string }
type World = { orders: Order[]; inbox: Row[]; jobs: { _id: string; kind: string; payload: { duties?: unknown } }[]; checks: { subject: { id: string } }[]; sent: Sent[] }

const read = async (village: Village): Promise<World> => {
  const [orders, inbox, jobs, checks] = await Promise.all(['repairs', 'inbox', 'jobs', 'photo_checks'].map((name) => village.documents(name)))
  return { orders, inbox, jobs, checks, sent: await everythingSent(village) } as World
}

const countBy = (keys: string[]): Record<string, number> =>
  keys.reduce<Record<string, number>>((counts, key) => ({ ...counts, [key]: (counts[key] ?? 0) + 1 }), {})

const keyOf = (openid: string): string => villagers.find((villager) => villager.openid === openid)?.key ?? openid

const faultsOf = (tried: Tried, { orders, inbox, jobs, checks, sent }: World): string[] => {
  const { scenario, requestId, mustStand } = tried
  const holding = orders.filter(({ timeline }) => timeline.some((event) => event.requestId === requestId))
  const times = holding.flatMap(({ timeline }) => timeline).filter((event) => event.requestId === requestId).length
  if (times !== (mustStand ? 1 : 0)) return [`happened ${times} times, not ${mustStand ? 1 : 0}`]
  const repairId = holding[0]?._id ?? tried.repairId
  if (repairId === null) return []

  const faults: string[] = []
  const told = countBy(inbox.filter(({ page, title }) => title === scenario.title && page.endsWith(repairId)).map(({ memberId }) => memberId.slice('m-'.length)))
  const expected = mustStand ? countBy(scenario.told) : {}
  for (const who of new Set([...Object.keys(told), ...Object.keys(expected)])) {
    if (told[who] !== expected[who]) faults.push(`${who} was told ${told[who] ?? 0} times, not ${expected[who] ?? 0}`)
  }
  const pushed = countBy(sent.filter(({ seq, page }) => seq > tried.sentBefore && page?.endsWith(repairId)).map(({ openid }) => keyOf(openid)))
  for (const [who, count] of Object.entries(pushed)) {
    if (count > (expected[who] ?? 0)) faults.push(`${who} was sent ${count} messages`)
  }
  if (tried.crashes.length === 0 && Object.keys(pushed).length !== scenario.told.length) faults.push('not everybody who allows messages was sent one')
  // What watches over an order stays for as long as it is open, and the group robot speaks twenty times a minute only.
  const left = jobs.filter(({ _id, kind, payload }) => _id.includes(repairId) && kind !== 'robot' && (kind !== 'repair_watch' || payload.duties !== null))
  if (left.length > 0) faults.push(`${left.length} jobs are left`)
  const hasPhotos = scenario.action === 'create' || scenario.action === 'complete'
  const isChecked = checks.some((check) => check.subject.id === repairId)
  if (hasPhotos && isChecked !== mustStand) faults.push(isChecked ? 'a photo of nothing was checked' : 'the photo was never checked')
  return faults
}

export const labelOf = ({ scenario, crashes, phone, delivers }: Tried): string =>
  [scenario.action, ...crashes.map((crash) => `${crash.function} dies ${crash.moment} ${crash.call}`), `the phone ${phone}${delivers ? ' and delivers' : ''}`].join(', ')

/** What is wrong with cells that have settled; one line for each wrong one. */
export const wrongOf = async (village: Village, tried: Tried[]): Promise<string[]> => {
  const world = await read(village)
  return tried.flatMap((each) => {
    const faults = [...each.faults, ...faultsOf(each, world)]
    return faults.length > 0 ? [`${labelOf(each)}: ${faults.join('; ')}`] : []
  })
}
