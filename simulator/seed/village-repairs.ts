import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { Caller } from '../../cloudfunctions/_shared/caller'
import { shanghaiDay } from '../../cloudfunctions/_shared/clock'
import { reviewOf, type Content, type ContentReview } from '../../cloudfunctions/_shared/content-review'
import type { Vault } from '../../cloudfunctions/_shared/crypto'
import type { InboxRow } from '../../cloudfunctions/_shared/inbox'
import { tellingOf } from '../../cloudfunctions/repairs/repair-notices'
import { buildingOf, type RepairOrder } from '../../cloudfunctions/repairs/repair'
import { revisitOf, revisitReason, type Revisit } from '../../cloudfunctions/repairs/revisit'
import { settingsOf } from '../../cloudfunctions/repairs/settings'
import { instantOf } from '../../cloudfunctions/repairs/sla'
import { submit, submitFor } from '../../cloudfunctions/repairs/submit'
import { take, type StepDetails } from '../../cloudfunctions/repairs/take'
import { say, type RepairMessage } from '../../cloudfunctions/repairs/talk'
import { seatFor, seatHeld, seatIdOf, type Seat } from '../../cloudfunctions/repairs/visit'
import type { StoredDocument } from '../cloud/database/database'
import { filePrefix } from '../cloud/platform'
import { letPass, watchOf } from './letting-pass'
import { stories, type Said, type Told } from './village-stories'
import { memberOf, villagers } from './villagers'

const hoursBefore = (now: Date, hours: number) => new Date(now.getTime() - hours * 3_600_000)

type Settings = ReturnType<typeof settingsOf>

export const villageRepairs = (now: Date, vault: Vault, configuration: Parameters<typeof settingsOf>[0]) => {
  const settings: Settings = settingsOf(configuration)
  const callerOf = (key: string): Caller => {
    const villager = villagers.find((candidate) => candidate.key === key)!
    return { openid: villager.openid, member: memberOf(villager, vault), houses: villager.houses, post: villager.post }
  }
  const files = new Map<string, { path: string; content: Buffer; openid: string }>()
  const photo = (by: string) => (name: string): string => {
    const { openid } = callerOf(by)
    const filePath = `repairs/${vault.hash('upload', openid).slice(0, 24)}/village/${name}.svg`
    files.set(filePath, { path: filePath, openid, content: readFileSync(path.join(__dirname, 'photos', `${name}.svg`)) })
    return filePrefix + filePath
  }
  const seats: Seat[] = []
  const inbox: InboxRow[] = []
  const messages: RepairMessage[] = []
  const revisits: Revisit[] = []
  const followers: StoredDocument[] = []
  const reviews: ContentReview[] = []

  const tell = (order: RepairOrder, at: Date) => {
    for (const [index, notice] of tellingOf(order).notices.entries()) {
      const { audience } = notice
      const told = villagers.filter(({ key, houses, post }) =>
        audience.to === 'house' ? houses.some(({ houseId }) => houseId === audience.houseId)
        : audience.to === 'member' ? `m-${key}` === audience.memberId
        : audience.to === 'staff' && post !== null && audience.roles.includes(post.role))
      for (const { key } of told) {
        const fact = `notices_${order._id}_${order.version}_${index}`
        inbox.push({
          _id: `${fact}_m-${key}`, schema: 1, memberId: `m-${key}`, kind: notice.kind, title: notice.title, body: notice.body,
          page: notice.page, createdAt: at, orderKey: `${notice.at}_${fact}`, isRead: at < hoursBefore(now, 48), push: 'no_quota',
        })
      }
    }
  }

  const submitted = ({ id, by, caller: person, submittedHoursAgo, photos = [], slot, ...what }: Told): RepairOrder => {
    const at = hoursBefore(now, submittedHoursAgo)
    const { category, urgency, description, place = null } = what
    const report = {
      category, urgency, description, place, repairId: id, requestId: `${id}-submit`, photos: photos.map(photo(by)),
      slot: slot ? slot(shanghaiDay(hoursBefore(now, -24))) : null,
    }
    const caller = callerOf(by)
    return person
      ? submitFor({ ...report, source: 'call', house: null, contact: { ...person, phone: null } }, caller, settings, at)
      : submit({ ...report, houseId: caller.houses[0]!.houseId }, caller, settings, at)
  }

  const stepped = (order: RepairOrder, [step, who, hoursAgo, said = {}]: NonNullable<Told['steps']>[number]): RepairOrder => {
    const { to, heldForDays, photos, ...rest }: Said = said
    const technician = to === undefined ? undefined : callerOf(to).member!
    const details: StepDetails = {
      ...rest, requestId: `${order._id}-${step}`, photos: photos?.map(photo(who)), technician: technician && { memberId: technician._id, name: technician.name },
      ...(heldForDays !== undefined && { until: instantOf(shanghaiDay(hoursBefore(now, -24 * heldForDays)), '00:00') }),
    }
    return take(order, step, details, callerOf(who), settings, hoursBefore(now, hoursAgo))
  }

  /** A warning stands in no timeline, and nobody is told of it here. */
  const untilThen = (order: RepairOrder, until: Date): RepairOrder => letPass(order, settings, until, tell)

  const leaveToPeople = (order: RepairOrder, content: Content, about: { words: string; part: 'report' | 'talk' }, at: Date) => {
    const { communityId, building } = order
    reviews.push(reviewOf(content, { ...about, communityId, building, place: buildingOf(order), byRole: 'resident' }, 'doubtful', at))
    return 'pending' as const
  }

  /** Only one order of the village has a visit in its hours: it has the first seat. */
  const seated = (order: RepairOrder): RepairOrder =>
    order.visit && order.slot ? { ...order, visit: { ...order.visit, seatId: seatIdOf(order.visit.technicianId, order.slot, 1) } } : order

  const tellStory = (told: Told): RepairOrder => {
    let order = submitted(told)
    tell(order, order.submittedAt)
    for (const step of told.steps ?? []) {
      order = seated(stepped(untilThen(order, hoursBefore(now, step[2])), step))
      tell(order, hoursBefore(now, step[2]))
      const reason = step[0] === 'complete' || step[0] === 'rate' ? revisitReason(order) : null
      if (reason) revisits.push(revisitOf(order, reason, hoursBefore(now, step[2])))
    }
    for (const [index, [who, hoursAgo, text]] of (told.talk ?? []).entries()) {
      const said = say(order, { messageId: `${told.id}-said-${index}`, text, photo: null }, callerOf(who), hoursBefore(now, hoursAgo))
      const { _id, at } = said.message
      const isDoubted = told.doubted?.said?.includes(index)
      const textCheck = isDoubted ? leaveToPeople(order, { subject: { kind: 'repair_message', id: _id }, fileId: null }, { words: text, part: 'talk' }, at) : 'passed'
      messages.push({ ...said.message, textCheck })
      order = said.repair
    }
    for (const who of told.followedBy ?? []) {
      const { houseId } = callerOf(who).houses[0]!
      followers.push({ _id: `${told.id}_${houseId}`, schema: 1, subjectId: told.id, houseId, memberId: `m-${who}`, at: order.submittedAt })
    }
    order = untilThen(order, now)
    const isDoubted = (fileId: string) => told.doubted?.photos?.some((name) => fileId.endsWith(`/${name}.svg`))
    const photos = order.photos.map(({ fileId }) => ({
      fileId,
      check: isDoubted(fileId) ? leaveToPeople(order, { subject: { kind: 'repair', id: order._id }, fileId }, { words: '', part: 'report' }, order.submittedAt) : 'passed' as const,
    }))
    const seatId = seatHeld(order)
    if (seatId) seats.push(seatFor(seatId, order))
    return { ...order, photos, textCheck: 'passed', publicKey: order.place && order.isOpen && order.status !== 'completed' ? (order.place.building ?? '*') : null }
  }
  const orders = stories.map(tellStory)
  const jobs = orders.flatMap((order) => watchOf(order, settings, now))
  return { orders, seats, inbox, messages, revisits, followers, reviews, jobs, files: [...files.values()] }
}
