import type { Caller } from '../../cloudfunctions/_shared/caller'
import type { Configuration } from '../../cloudfunctions/_shared/configuration'
import { shanghaiDay } from '../../cloudfunctions/_shared/clock'
import type { Category, Status, Step } from '../../cloudfunctions/repairs/contract'
import type { RepairOrder } from '../../cloudfunctions/repairs/repair'
import { recordResult, revisitOf, revisitReason, type Revisit } from '../../cloudfunctions/repairs/revisit'
import { settingsOf } from '../../cloudfunctions/repairs/settings'
import { instantOf } from '../../cloudfunctions/repairs/sla'
import { submit } from '../../cloudfunctions/repairs/submit'
import { take, type StepDetails } from '../../cloudfunctions/repairs/take'
import type { StoredDocument } from '../cloud/database/database'
import { letPass, watchOf } from './letting-pass'

const categories: Category[] = ['plumbing', 'electrical', 'door_window', 'wall_floor', 'appliance', 'public_area', 'other']
const complaints = ['厨房水龙头漏水', '楼道灯不亮', '入户门关不严', '卫生间墙面渗水', '可视门铃没有声音', '单元门禁刷不开', '阳台地漏返味']
/** Of a week or so: what people are at work on is among them. */
const recentShare = 0.02
const hourMs = 3_600_000
/** An order every 52 minutes: 10,000 are a year. */
const everyMs = 3_100_000

export type TownPeople = { communityId: string; manager: Caller; clerk: Caller; technicians: Caller[]; residents: Caller[] }

/** What becomes of an order, by what looks random. `reaches`: how far a recent one has come. */
type Fate = { isCancelled: boolean; isQuoted: boolean; isHeld: boolean; isReopened: boolean; stars: number | null; reaches: Status }

/** The first whose share of all, added up, is not passed. */
const pick = <T>(share: number, choices: [number, T][]): T => choices.find(([upTo]) => share < upTo)![1]

const fateOf = (random: () => number): Fate => ({
  isCancelled: random() < 0.05, isQuoted: random() < 0.12, isHeld: random() < 0.08, isReopened: random() < 0.03,
  stars: pick(random(), [[0.35, 5], [0.5, 4], [0.54, 3], [0.56, 2], [0.58, 1], [1, null]]),
  reaches: pick(random(), [[0.5, 'submitted'], [0.62, 'assigned'], [0.75, 'in_progress'], [0.82, 'quoted'], [0.88, 'on_hold'], [1, 'completed']]),
})

type Life = { order: RepairOrder; revisits: Revisit[] }

/** So many orders of a community, the last of them a few minutes old, each as it would have come about by the product's own rules. */
export const townRepairs = (people: TownPeople, configuration: Configuration, count: number, random: () => number, now: Date) => {
  const { communityId, manager, clerk, technicians, residents } = people
  const settings = settingsOf(configuration)

  const lifeOf = (i: number): Life => {
    const resident = residents[Math.floor(random() * residents.length)]!
    const technician = technicians[Math.floor(random() * technicians.length)]!
    const [kind, isUrgent, fate] = [Math.floor(random() * categories.length), random() < 0.1, fateOf(random)]
    const submittedAt = new Date(now.getTime() - (count - i) * everyMs)
    const repairId = `r-${communityId}-${i}`
    const [house] = resident.houses
    const report = { repairId, requestId: `${repairId}-submit`, houseId: house!.houseId, category: categories[kind]!, description: complaints[kind]!, photos: [] }
    const place = categories[kind] === 'public_area' ? { building: house!.building, spot: '单元门' } : null
    let order: RepairOrder = { ...submit({ ...report, place, urgency: isUrgent ? 'urgent' : 'normal' }, resident, settings, submittedAt), textCheck: 'passed' }
    const revisits: Revisit[] = []

    /** A step so many hours after the report, or none where that is still to come. */
    const step = (hours: number, name: Step, by: Caller, details: Omit<StepDetails, 'requestId'> = {}): boolean => {
      const at = new Date(submittedAt.getTime() + hours * hourMs)
      if (at > now) return false
      order = letPass(order, settings, at)
      order = take(order, name, { ...details, requestId: `${repairId}-${name}-${hours}` }, by, settings, at)
      const reason = name === 'complete' || name === 'rate' ? revisitReason(order) : null
      if (reason && !revisits.some(({ _id }) => _id === `${repairId}_${order.reopenCount}`)) revisits.push(revisitOf(order, reason, at))
      return true
    }
    const ended = (): Life => ({ order: letPass(order, settings, now), revisits })
    const isRecent = i > count * (1 - recentShare)
    const stopsAt = (status: Status): boolean => isRecent && fate.reaches === status

    if (stopsAt('submitted')) return ended()
    if (fate.isCancelled) {
      step(1, 'cancel', resident, { note: '自己修好了' })
      return ended()
    }
    const { _id: memberId, name } = technician.member!
    if (!step(0.5, 'assign', manager, { technician: { memberId, name } }) || stopsAt('assigned')) return ended()
    step(3, 'arrive', technician)
    if (!step(3.1, 'start', technician) || stopsAt('in_progress')) return ended()
    if (fate.isQuoted || stopsAt('quoted')) {
      if (!step(3.5, 'quote', technician, { lines: [{ itemId: 'visit', quantity: 1 }, { name: '配件', unit: '个', kind: 'material', priceFen: 4_500, quantity: 1 }] })) return ended()
      if (stopsAt('quoted') || !step(4, fate.stars === 3 ? 'decline' : 'accept', resident)) return ended()
    }
    const isHeld = fate.isHeld || stopsAt('on_hold')
    if (isHeld) {
      const until = instantOf(shanghaiDay(new Date(submittedAt.getTime() + (isRecent ? 240 : 48) * hourMs)), '00:00')
      if (!step(4.5, 'hold', technician, { note: '等配件', until }) || isRecent) return ended()
    }
    const worked = isHeld ? 60 : 5
    if (!step(worked, 'complete', technician, { note: '已修好' }) || stopsAt('completed')) return ended()
    if (fate.isReopened && step(worked + 20, 'reopen', resident, { note: '又坏了' })) {
      step(worked + 24, 'start', technician)
      step(worked + 26, 'complete', technician, { note: '换了新的' })
    }
    if (fate.stars !== null) step(worked + 40, 'rate', resident, { stars: fate.stars, tags: fate.stars < 3 ? ['没修好'] : ['态度好'] })
    return ended()
  }

  const lives = Array.from({ length: count }, (_, i) => lifeOf(i))
  /** The desk is three days behind with its calls. */
  const asked = (revisit: Revisit): Revisit => {
    const at = new Date(revisit.createdAt.getTime() + 72 * hourMs)
    return at > now ? revisit : recordResult(revisit, { isSatisfied: revisit.reason !== 'low_rating', note: '已电话回访' }, clerk, at)
  }
  return {
    repairs: lives.map(({ order }) => order),
    jobs: lives.flatMap(({ order }): StoredDocument[] => watchOf(order, settings, now)),
    revisits: lives.flatMap(({ revisits }) => revisits.map(asked)),
  }
}
