import { villagers } from '../../simulator/seed/villagers'
import { checkRows, mixed, uploadSheet } from '../house-import/imports'
import { sheetOf } from '../house-import/sheets'
import { privacyVersion } from '../../cloudfunctions/members/privacy'
import { issueSetupCode, readSetupCode, setupCodePurpose } from '../../cloudfunctions/members/setup-code'
import { agree, employ, environmentHash, newCode } from '../members/newcomers'
import { openVillage, type Village } from '../support/village'
import { likelyCalls } from './likely'
import { dayFromNow, instantFromNow } from './likely-repairs'
import type { Likely, Target } from './targets'

export type World = {
  /** Everything that can be named, to try in every place. */
  ids: string[]
  /** What a field of this name is usually filled with. */
  byField: Record<string, string[]>
  /** Who may name an id, or a file, and get an answer. */
  reach: Map<string, string[]>
  /** Calls of the action tried that are answered when they come first. */
  likely: Likely[]
}

const everybody = [...villagers.map(({ key }) => key), 'stranger']
const staff = ['he', 'zhou', 'chen']
/** Who may hand an order to a technician. */
const assigning = ['he', 'zhou', 'chen']
const livingIn = (houseId: unknown): string[] => villagers.filter(({ houses }) => houses.some((house) => house.houseId === houseId)).map(({ key }) => key)
/** Whom a public area or an incident concerns, by where it is; '*' is for everybody. */
const concernedBy = (place: unknown): string[] =>
  villagers.filter(({ houses }) => houses.some(({ building }) => place === '*' || place === building)).map(({ key }) => key)
const orderCount = 16
const requestNo = (n: number): string => `an-intention-no-${String(n).padStart(4, '0')}`

/** Orders in every state, of both households, with notices still owed. */
const liveALittle = async (village: Village): Promise<void> => {
  const [he, chen] = [village.as('he'), village.as('chen')]
  await Promise.all(Array.from({ length: orderCount }, async (_, n) => {
    const resident = village.as(n % 2 === 0 ? 'wang' : 'zhao')
    const what = { houseId: n % 2 === 0 ? 'h-3-2-501' : 'h-1-1-201', category: 'plumbing', urgency: 'normal', description: '漏水', photos: [] as string[] } as const
    const { repairId } = await resident.get('repairs', 'create', { ...what, requestId: requestNo(n) })
    if (n % 4 > 1) await he.get('repairs', 'assign', { repairId, technicianId: 'm-chen', requestId: requestNo(n) })
    if (n % 8 > 5) await chen.get('repairs', 'start', { repairId, requestId: requestNo(n) })
  }))
}

const prefixOf = async (village: Village, who: string): Promise<string> =>
  staff.includes(who) ? (await village.as(who).get('repairs', 'get', { repairId: 'r-village-lamp' })).uploadPrefix! : (await village.as(who).get('repairs', 'prepare', {})).uploadPrefix
const photographers = ['wang', 'li', 'zhao', 'chen', 'he', 'zhou']

/** Where each keeps their photos, and two of each. */
const photosOf = async (village: Village) => {
  const prefixes = await Promise.all(photographers.map(async (who) => [who, await prefixOf(village, who)] as const))
  const photos = await Promise.all(prefixes.flatMap(([who, prefix]) => [1, 2].map(async (n) => village.as(who).upload(`${prefix}/202611/${n}.jpg`))))
  return { prefixes, photos }
}

const setupCode = 'AAAA-BBBB-CCCC-DDDD'

/** Everybody has agreed to the guide; somebody waits for an answer, somebody is invited, and the code of the first manager lies about. */
const meet = async (village: Village): Promise<Record<string, string[]>> => {
  await Promise.all([...everybody, 'newcomer0'].map((who) => agree(village, who)))
  const apply = async (who: string, houseId: string, relation: 'owner' | 'tenant') =>
    (await village.as(who).get('members', 'apply', { requestId: `an-application-of-${who}`, houseId, relation, name: '住户', note: '' })).applicationId
  await apply('newcomer0', 'h-3-2-501', 'tenant')
  await apply('sun', 'h-2-1-101', 'owner')
  await village.as('wang').get('members', 'addPerson', { requestId: 'an-invitation-by-wang', houseId: 'h-3-2-501', name: '小王', phone: '13912340000', relation: 'family', scopes: [], endsOn: null })
  await village.as('he').get('members', 'inviteStaff', { requestId: 'an-invitation-by-he-1', name: '新同事', phone: '13912341111', role: 'guard', buildings: null })
  await village.store('setup_codes', issueSetupCode(environmentHash(setupCodePurpose, readSetupCode(setupCode)), new Date()))
  return {
    memberId: ['m-li', 'm-sun', 'm-chen'], buildings: ['1', '2'], actorId: ['m-wang', 'm-he'], version: [privacyVersion], reason: ['已核对'], action: ['members.apply'],
    code: [...await Promise.all(Array.from({ length: 12 }, (_, n) => newCode(village, `newcomer${n + 1}`))), setupCode],
  }
}

/** Who is who, on which every judgement rests. */
const peopleOf = (village: Village): string =>
  JSON.stringify(village.database.documents('members').map(({ _id, openid, houses, post, posts, privacy }) => [_id, openid, houses, post, posts, privacy]))

/** Everything that is stored, to go back to: the functions stay warm, which is most of what a new village would cost. */
const remember = (village: Village): (() => Promise<void>) => {
  const documents = Object.fromEntries(village.database.collectionNames().map((name) => [name, village.database.documents(name)]))
  return () => village.database.replaceAll(documents)
}

/** What has happened before anybody tries anything, and how to go back to it. */
const settle = async (village: Village) => {
  await employ(village, 'lu', { role: 'technician' })
  await liveALittle(village)
  const people = await meet(village)
  const photos = await photosOf(village)
  const sheets = await Promise.all(['he', 'zhou'].map(async (who): Promise<[string, string[]]> => [await uploadSheet(village, who, await sheetOf(mixed)), [who]]))
  const importIds = [(await checkRows(village, 'he', mixed)).importId, (await checkRows(village, 'zhou', mixed)).importId]
  return { people, photos, sheets, importIds, goBack: remember(village) }
}
type Settled = Awaited<ReturnType<typeof settle>>

/** The owner of every file a call may name, by the folder it is in. */
const filesIn = (likely: Likely[], { prefixes }: Settled['photos']): [string, string[]][] =>
  (JSON.stringify(likely).match(/cloud:[^"]+/g) ?? []).map((fileId) => [fileId, [prefixes.find(([, prefix]) => fileId.includes(`/${prefix}/`))?.[0] ?? likely[0]!.who]])

/** What can be named in a village now, and by whom. */
const look = async (village: Village, { people, photos: { photos, prefixes }, sheets, importIds }: Settled, likely: Likely[]): Promise<World> => {
  const [repairs, inbox, jobs, houses, members, roster, committee, incidents, revisits, reviews, shifts, followers, applications, invitations, imports, bills, payments, refunds] =
    ['repairs', 'inbox', 'jobs', 'houses', 'members', 'roster', 'committee_members', 'incidents', 'repair_revisits', 'content_reviews', 'duty_shifts', 'followers', 'applications', 'invitations', 'house_imports', 'bills', 'payments', 'refunds']
      .map((name) => village.database.documents(name) as Record<string, unknown>[])
  const followersOf = (subjectId: unknown) => followers!.filter((one) => one.subjectId === subjectId).flatMap(({ houseId }) => livingIn(houseId))
  const atWorkIn = (houseId: unknown) => repairs!.some((order) => order.isOpen === true && order.houseId === houseId && (order.assignee as { memberId: string } | null)?.memberId === 'm-chen')
  const ownersOf = (houseId: unknown) => livingIn(houseId).filter((who) => who !== 'li')
  const files = filesIn(likely, { prefixes, photos })
  const reach = new Map<string, string[]>([
    ...repairs!.map(({ _id, houseId, publicKey }): [string, string[]] => [String(_id), [...livingIn(houseId), ...staff, ...concernedBy(publicKey), ...followersOf(_id)]]),
    ...incidents!.map(({ _id, isOpen, buildings }): [string, string[]] =>
      [String(_id), ['he', 'zhou', ...(isOpen === true ? ((buildings ?? ['*']) as string[]).flatMap((each) => concernedBy(each)) : [])]]),
    ...[...revisits!, ...reviews!, ...shifts!, ...roster!, ...committee!, ...imports!].map(({ _id }): [string, string[]] => [String(_id), ['he', 'zhou']]),
    ...inbox!.map(({ _id, memberId }): [string, string[]] => [String(_id), [String(memberId).slice('m-'.length)]]),
    ...houses!.map(({ _id }): [string, string[]] => [String(_id), [...livingIn(_id), ...(atWorkIn(_id) ? ['chen'] : []), 'he', 'zhou']]),
    ['c-lihua', everybody],
    ...sheets,
    ...members!.map(({ _id, houses: homes, posts }): [string, string[]] => [
      String(_id), ['he', 'zhou', ...(JSON.stringify(posts).includes('technician') ? assigning : []), ...(homes as { houseId: string }[]).flatMap(({ houseId }) => livingIn(houseId))],
    ]),
    ...applications!.map(({ _id, memberId, houseId }): [string, string[]] => [String(_id), [String(memberId).slice('m-'.length), ...ownersOf(houseId), 'he', 'zhou']]),
    ...invitations!.map(({ _id, kind, houseId }): [string, string[]] => [String(_id), kind === 'house' ? ownersOf(houseId) : ['he']]),
    ...[...bills!, ...payments!, ...refunds!].map(({ _id, houseId }): [string, string[]] => [String(_id), [...livingIn(houseId), 'he', 'zhou', 'qian']]),
    ...photos.map((fileId): [string, string[]] => [fileId, prefixes.filter(([, prefix]) => fileId.includes(`/${prefix}/`)).map(([who]) => who)]),
    ...files,
  ])
  const idsOf = (documents: Record<string, unknown>[]) => documents.map(({ _id }) => String(_id))
  const byField = {
    ...people,
    requestId: Array.from({ length: orderCount }, (_, n) => requestNo(n)), repairId: idsOf(repairs!), messageId: idsOf(inbox!), jobIds: idsOf(jobs!),
    houseId: ['h-3-2-501', 'h-1-1-201', 'h-2-1-101'], communityId: ['c-lihua'], fileId: sheets.map(([id]) => id), importId: importIds, rosterId: idsOf(roster!), committeeMemberId: idsOf(committee!),
    building: ['1', '2', '3'], entrance: ['1', '2'], roomNo: ['301', '909'], text: ['3-2-501', '1栋101'], name: ['王小二'], label: ['紫荆阁'], phone: ['13912345678'],
    startsOn: ['2026-01-01'], endsOn: ['2030-12-31'], technicianId: ['m-chen', 'm-lu'], applicationId: idsOf(applications!), invitationId: idsOf(invitations!),
    incidentId: idsOf(incidents!), revisitId: idsOf(revisits!), reviewId: idsOf(reviews!), billId: idsOf(bills!), paymentId: idsOf(payments!), refundId: idsOf(refunds!), shiftId: idsOf(shifts!), intoId: idsOf(repairs!), until: [dayFromNow(1), dayFromNow(30), '2030-01-01'],
    startsAt: [instantFromNow(1)], endsAt: [instantFromNow(9)], expectedEndAt: ['2030-01-01T00:00:00.000Z'], spot: ['电梯', '门口'], day: [dayFromNow(1)], from: ['08:30'], to: ['11:30'],
    photos, photo: photos, video: photos, description: ['水管漏了'], note: ['换了垫片', ''], results: ['TMPL-repair-submitted', 'TMPL-repair-progress'], itemId: ['visit', 'tap'], unit: ['个'],
    cursor: ['', '2026-11-24T08:00:00.000Z_r-village-tap', '1_2026-11-24T08:00:00.000Z_r-village-tap'],
  }
  return { reach, byField, likely, ids: [...reach.keys(), ...byField.jobIds, ...byField.requestId.slice(0, 6), 'c-lihua', 'company'] }
}

type Opened = {
  village: Village
  /** As in the beginning. */
  begin: () => Promise<void>
  /** Where one action may be tried; as in the beginning again where meanwhile somebody has become somebody else. */
  worldFor: (target: Target) => Promise<World>
}

/** A village in which something has happened already, and what can be named in it. */
export const openWorld = async (): Promise<Opened> => {
  const village = await openVillage()
  const settled = await settle(village)
  let people = peopleOf(village)
  const begin = async (): Promise<void> => {
    await settled.goBack()
    people = peopleOf(village)
  }
  return {
    village, begin,
    worldFor: async (target) => {
      if (peopleOf(village) !== people) await begin()
      // What was tried before may have taken away what this needs.
      const likely = await likelyCalls(village, target).catch(async () => {
        await begin()
        return likelyCalls(village, target)
      })
      people = peopleOf(village)
      return look(village, settled, likely)
    },
  }
}
