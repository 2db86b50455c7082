import { memberOf, type Caller } from '../_shared/caller'
import { readConfiguration, type Configuration, type RepairSettings } from '../_shared/configuration'
import type { Input, Output } from '../_shared/contract'
import { AlreadyExists, inTransaction } from '../_shared/db'
import { maskPhone } from '../_shared/crypto'
import { notFound } from '../_shared/errors'
import { countFollowers, countFollowersOf, followedBy, startFollowing, stopFollowing } from '../_shared/follower'
import type { Situation } from '../_shared/serve'
import { requireOwnFiles, uploadPrefix } from '../_shared/storage'
import { openVault } from '../_shared/vault'
import { houses } from '../houses/repository'
import { openIncidentsOf } from '../incidents/repository'
import { isAbout, publicIncidentOf } from '../incidents/incident'
import { category, type Category, type PriceItem, type RepairsContract, type Slot } from './contract'
import { limits } from './shapes'
import { placeLabelOf, type Assignee, type RepairOrder } from './repair'
import { pairsOf } from './repair-keys'
import { feature, idFor } from './repair-request'
import * as repository from './repository'
import { oweForEvent } from './save'
import { rosterOf, settleSeat } from './seats'
import { settingsOf } from './settings'
import { submit, submitFor } from './submit'
import { suggest, suggestionRules } from './suggestion'
import { comersFor } from './visit'

type In<A extends keyof RepairsContract> = Required<Input<RepairsContract, A>>
type Out<A extends keyof RepairsContract> = Output<RepairsContract, A>

const { photoCount, descriptionLength, noteLength, messageLength, spotLength, videoSeconds, voiceSeconds } = limits

export const prepare = async (_: object, { caller }: Situation): Promise<Out<'prepare'>> => {
  const configuration = await readConfiguration(caller.houses[0]!.communityId)
  const settings = settingsOf(configuration)
  return {
    houses: caller.houses.map(({ houseId, houseLabel, communityName, building }) => ({ houseId, label: houseLabel, communityName, building })),
    categories: category.options,
    limits: { photoCount, descriptionLength, noteLength, messageLength, spotLength, videoSeconds, voiceSeconds },
    uploadPrefix: uploadPrefix(feature, caller),
    emergencyPhone: configuration.brand.emergencyPhone,
    spots: settings.spots,
    suggestions: suggestionRules,
    ratingTags: settings.ratingTags,
  }
}

const pricesOf = (configuration: Configuration): PriceItem[] =>
  settingsOf(configuration).prices.map((item) => ({ ...item, category: category.safeParse(item.category).data ?? null }))

export const prices = async (_: object, { caller }: Situation): Promise<Out<'prices'>> =>
  ({ items: pricesOf(await readConfiguration(caller.houses[0]?.communityId ?? caller.post!.communityId)) })

/** Once: the same request again finds the order it made. */
const insertOnce = async (submitted: RepairOrder, comers: Assignee[] | null, caller: Caller, now: Date): Promise<void> => {
  try {
    await inTransaction(async (transaction) => {
      const repair = await settleSeat(transaction, null, submitted, comers)
      await transaction.insert(repository.repairs, repair)
      await oweForEvent(transaction, repair, caller.openid, now)
    })
  } catch (error) {
    if (!(error instanceof AlreadyExists)) throw error
  }
}

/** Who could come when the household wants, for a report in that community; nobody is looked up when it does not say when. */
const comersOf = async (
  slot: Slot | null, what: { category: Category; building: string | null }, communityId: string, settings: RepairSettings, now: Date,
): Promise<Assignee[] | null> =>
  slot && comersFor(slot, { ...what, repairId: null, assignee: null, returnedBy: [] }, await rosterOf(communityId, now), settings, now)

const sealedPhone = async (phone: string) => ({ phone: (await openVault()).seal(phone), maskedPhone: maskPhone(phone) })

export const create = async (input: In<'create'>, { caller, now }: Situation): Promise<Out<'create'>> => {
  const { contact, video, voice, requestId, ...report } = input
  requireOwnFiles([...report.photos, ...(video ? [video] : []), ...(voice ? [voice.fileId] : [])], feature, caller)
  const house = caller.houses.find(({ houseId }) => houseId === report.houseId)
  if (!house) throw notFound('套房屋')
  const settings = settingsOf(await readConfiguration(house.communityId))
  const other = contact && { name: contact.name, ...(await sealedPhone(contact.phone)) }
  const { place, slot } = report
  const repairId = idFor(caller, requestId)
  // The seat that a first try took is not free for the second.
  if (slot && (await repository.repairs.get(repairId))) return { repairId }
  const comers = await comersOf(slot, { category: report.category, building: place ? place.building : house.building }, house.communityId, settings, now)
  const repair = submit({ ...report, requestId, video, voice, contact: other, repairId, comers }, caller, settings, now)
  await insertOnce(repair, comers, caller, now)
  return { repairId: repair._id }
}

export const createFor = async (input: In<'createFor'>, { caller, now }: Situation): Promise<Out<'createFor'>> => {
  const { houseId, caller: person, requestId, ...report } = input
  requireOwnFiles(report.photos, feature, caller)
  const house = houseId === null ? null : await houses.get(houseId)
  if (houseId !== null && !house) throw notFound('套房屋')
  const { communityId } = caller.post!
  const settings = settingsOf(await readConfiguration(communityId))
  const { place, slot } = report
  const repairId = idFor(caller, requestId)
  const made = slot && (await repository.repairs.get(repairId))
  if (made) return { repairId, orderNo: made.orderNo }
  const comers = await comersOf(slot, { category: report.category, building: place ? place.building : (house?.building ?? null) }, communityId, settings, now)
  const contact = { name: person.name, ...(person.phone ? await sealedPhone(person.phone) : { phone: null, maskedPhone: null }) }
  const repair = submitFor({ ...report, requestId, house, contact, repairId, comers }, caller, settings, now)
  await insertOnce(repair, comers, caller, now)
  return { repairId: repair._id, orderNo: repair.orderNo }
}

const houseOf = (houseId: string, caller: Caller) => {
  const house = caller.houses.find((each) => each.houseId === houseId)
  if (!house) throw notFound('套房屋')
  return house
}

const lookedAt = 30
const shown = 3

/** A report is like a text that names its spot or its kind of trouble; without a text, any report of a public area may be meant. */
const isLike = (repair: RepairOrder, text: string): boolean => {
  if (text === '') return true
  const theirs = new Set([...pairsOf(repair.description), ...pairsOf(placeLabelOf(repair))])
  return pairsOf(text).some((pair) => theirs.has(pair)) || (repair.place !== null && text.includes(repair.place.spot))
}

export const similar = async ({ houseId, text, category: chosen }: Input<RepairsContract, 'similar'>, { caller }: Situation): Promise<Out<'similar'>> => {
  const { communityId, building } = houseOf(houseId, caller)
  const [open, found] = await Promise.all([openIncidentsOf(communityId, building), repository.publicReports(communityId, building, lookedAt)])
  const guessed = chosen ?? suggest(text).category
  const incidents = open.filter((incident) => isAbout(incident, text)).slice(0, shown)
  const reports = found.filter((repair) => repair.houseId !== houseId && (guessed === null || guessed === 'public_area' || guessed === repair.category) && isLike(repair, text)).slice(0, shown)
  const ids = [...incidents, ...reports].map(({ _id }) => _id)
  const [counts, followed] = await Promise.all([countFollowersOf(ids), followedBy(ids, [houseId])])
  return {
    incidents: incidents.map((incident) => publicIncidentOf(incident, counts.get(incident._id) ?? 0, followed.has(incident._id))),
    reports: reports.map((repair) => ({
      repairId: repair._id, category: repair.category, placeLabel: placeLabelOf(repair), summary: repair.description, status: repair.status,
      submittedAt: repair.submittedAt.toISOString(), followerCount: counts.get(repair._id) ?? 0, isFollowing: followed.has(repair._id),
    })),
  }
}

export const follow = async ({ houseId, repairId, isFollowing }: In<'follow'>, { caller, now }: Situation): Promise<Out<'follow'>> => {
  const { communityId, building } = houseOf(houseId, caller)
  const repair = await repository.repairs.get(repairId)
  const offered = repair?.communityId === communityId && (repair.publicKey === '*' || repair.publicKey === building) ? repair : null
  if (!isFollowing) {
    // Of what was never theirs not even the number of followers is told.
    if (!(await stopFollowing(repairId, houseId)) && !offered) throw notFound('张报修单')
  } else {
    if (!offered) throw notFound('张报修单')
    if (offered.houseId !== houseId) await startFollowing({ subjectId: repairId, houseId, memberId: memberOf(caller)._id, at: now })
  }
  return { isFollowing, followerCount: await countFollowers(repairId) }
}
