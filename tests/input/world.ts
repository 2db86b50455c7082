import { villagers } from '../../simulator/seed/villagers'
import { checkRows, mixed, uploadSheet } from '../house-import/imports'
import { sheetOf } from '../house-import/sheets'
import { privacyVersion } from '../../cloudfunctions/members/privacy'
import { issueSetupCode, readSetupCode, setupCodePurpose } from '../../cloudfunctions/members/setup-code'
import { agree, environmentHash, newCode } from '../members/newcomers'
import { openVillage, type Village } from '../support/village'

export type World = {
  /** Everything that can be named, to try in every place. */
  ids: string[]
  /** What a field of this name is usually filled with. */
  byField: Record<string, string[]>
  /** Who may name an id, or a file, and get an answer. */
  reach: Map<string, string[]>
}

const everybody = [...villagers.map(({ key }) => key), 'stranger']
const staff = ['he', 'zhou', 'chen']
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

const photosOf = async (village: Village): Promise<[string, string[]][]> => {
  const prefixes = await Promise.all(['wang', 'zhao'].map(async (who) => [who, (await village.as(who).get('repairs', 'prepare', {})).uploadPrefix] as const))
  const { uploadPrefix } = await village.as('chen').get('repairs', 'get', { repairId: 'r-village-door' })
  const photos = await Promise.all([...prefixes, ['chen', uploadPrefix!] as const].map(async ([who, prefix]) =>
    [1, 2].map(async (n): Promise<[string, string[]]> => [await village.as(who).upload(`${prefix}/202611/${n}.jpg`), [who]])))
  return Promise.all(photos.flat())
}

const setupCode = 'AAAA-BBBB-CCCC-DDDD'

/** Everybody has agreed to the guide; somebody waits for an answer, somebody is invited, and the code of the first manager lies about. */
const meet = async (village: Village): Promise<{ reach: [string, string[]][]; byField: Record<string, string[]> }> => {
  await Promise.all([...everybody, 'newcomer0'].map((who) => agree(village, who)))
  const apply = async (who: string, houseId: string, relation: 'owner' | 'tenant') =>
    (await village.as(who).get('members', 'apply', { requestId: `an-application-of-${who}`, houseId, relation, name: '住户', note: '' })).applicationId
  const atWangs = await apply('newcomer0', 'h-3-2-501', 'tenant')
  const empty = await apply('sun', 'h-2-1-101', 'owner')
  await village.as('wang').get('members', 'addPerson', { requestId: 'an-invitation-by-wang', houseId: 'h-3-2-501', name: '小王', phone: '13912340000', relation: 'family', scopes: [], endsOn: null })
  await village.as('he').get('members', 'inviteStaff', { requestId: 'an-invitation-by-he-1', name: '新同事', phone: '13912341111', role: 'guard', buildings: null })
  const invitations = await village.documents('invitations')
  const invitedBy = (kind: string) => invitations.filter((one) => one.kind === kind).map(({ _id }) => String(_id))
  await village.store('setup_codes', issueSetupCode(environmentHash(setupCodePurpose, readSetupCode(setupCode)), new Date()))
  return {
    reach: [
      [atWangs, ['wang', 'he', 'zhou']], [empty, ['sun', 'he', 'zhou']],
      ...invitedBy('house').map((id): [string, string[]] => [id, ['wang']]), ...invitedBy('post').map((id): [string, string[]] => [id, ['he']]),
    ],
    byField: {
      applicationId: [atWangs, empty], invitationId: invitations.map(({ _id }) => String(_id)), memberId: ['m-li', 'm-sun', 'm-chen'], buildings: ['1', '2'],
      actorId: ['m-wang', 'm-he'], version: [privacyVersion], reason: ['已核对'], action: ['members.apply'],
      code: [...await Promise.all(Array.from({ length: 12 }, (_, n) => newCode(village, `newcomer${n + 1}`))), setupCode],
    },
  }
}

/** Who is who, on which every judgement rests. */
const peopleOf = async (village: Village): Promise<string> =>
  JSON.stringify((await village.documents('members')).map(({ _id, openid, houses, post, posts, privacy }) => [_id, openid, houses, post, posts, privacy]))

type Opened = {
  village: Village
  begin: () => Promise<World>
  /** The world last begun, or another where meanwhile somebody has become somebody else. */
  asBegun: () => Promise<World>
}

/** A village in which something has happened already, and what can be named in it. */
export const openWorld = async (): Promise<Opened> => {
  const village = await openVillage()
  const begin = async (): Promise<World> => {
    await village.post('/control/reset', { seed: 'village' })
    await liveALittle(village)
    const [repairs, inbox, jobs, houses, members, roster, committee, incidents, revisits, shifts, followers] = await Promise.all(
      ['repairs', 'inbox', 'jobs', 'houses', 'members', 'roster', 'committee_members', 'incidents', 'repair_revisits', 'duty_shifts', 'followers']
        .map((name) => village.documents(name)))
    const people = await meet(village)
    const photos = await photosOf(village)
    const sheets = await Promise.all(['he', 'zhou'].map(async (who): Promise<[string, string[]]> => [await uploadSheet(village, who, await sheetOf(mixed)), [who]]))
    const importIds = [(await checkRows(village, 'he', mixed)).importId, (await checkRows(village, 'zhou', mixed)).importId]
    const followersOf = (subjectId: unknown) => followers!.filter((one) => one.subjectId === subjectId).flatMap(({ houseId }) => livingIn(houseId))
    const reach = new Map<string, string[]>([
      ...repairs!.map(({ _id, houseId, publicKey }): [string, string[]] => [String(_id), [...livingIn(houseId), ...staff, ...concernedBy(publicKey), ...followersOf(_id)]]),
      ...incidents!.map(({ _id, isOpen, buildings }): [string, string[]] =>
        [String(_id), ['he', 'zhou', ...(isOpen === true ? ((buildings ?? ['*']) as string[]).flatMap((each) => concernedBy(each)) : [])]]),
      ...[...revisits!, ...shifts!].map(({ _id }): [string, string[]] => [String(_id), ['he', 'zhou']]),
      ...inbox!.map(({ _id, memberId }): [string, string[]] => [String(_id), [String(memberId).slice('m-'.length)]]),
      ...houses!.map(({ _id }): [string, string[]] => [String(_id), [...livingIn(_id), 'he', 'zhou']]),
      ...[...roster!, ...committee!].map(({ _id }): [string, string[]] => [String(_id), ['he', 'zhou']]),
      ['c-lihua', everybody],
      ...sheets,
      ...importIds.map((id): [string, string[]] => [id, ['he', 'zhou']]),
      ...members!.map(({ _id, houses }): [string, string[]] => [String(_id), ['he', 'zhou', ...(houses as { houseId: string }[]).flatMap(({ houseId }) => livingIn(houseId))]]),
      ...people.reach,
      ...photos,
    ])
    const idsOf = (documents: Record<string, unknown>[]) => documents.map(({ _id }) => String(_id))
    const byField = {
      ...people.byField,
      requestId: Array.from({ length: orderCount }, (_, n) => requestNo(n)), repairId: idsOf(repairs!), messageId: idsOf(inbox!), jobIds: idsOf(jobs!),
      houseId: ['h-3-2-501', 'h-1-1-201', 'h-2-1-101'], communityId: ['c-lihua'], fileId: sheets.map(([id]) => id), importId: importIds, rosterId: idsOf(roster!), committeeMemberId: idsOf(committee!),
      building: ['1', '2', '3'], entrance: ['1', '2'], roomNo: ['301', '909'], text: ['3-2-501', '1栋101'], name: ['王小二'], label: ['紫荆阁'], phone: ['13912345678'],
      startsOn: ['2026-01-01'], endsOn: ['2030-12-31'], technicianId: ['m-chen', 'm-sun'],
      incidentId: idsOf(incidents!), revisitId: idsOf(revisits!), shiftId: idsOf(shifts!), intoId: idsOf(repairs!), until: ['2026-11-25', '2030-01-01'],
      startsAt: ['2026-11-24T08:00:00.000Z'], endsAt: ['2026-11-25T08:00:00.000Z'], expectedEndAt: ['2030-01-01T00:00:00.000Z'], spot: ['电梯', '门口'], day: ['2026-11-25'], from: ['09:00'], to: ['11:00'], photos: photos.map(([fileId]) => fileId),
      description: ['水管漏了'], note: ['换了垫片', ''], results: ['TMPL-repair-submitted', 'TMPL-repair-progress'],
      cursor: ['', '2026-11-24T08:00:00.000Z_r-village-tap', '1_2026-11-24T08:00:00.000Z_r-village-tap'],
    }
    return { reach, byField, ids: [...reach.keys(), ...byField.jobIds, ...byField.requestId.slice(0, 6), 'c-lihua', 'company'] }
  }
  let last: { world: World; people: string } | undefined
  const beginAnew = async (): Promise<World> => {
    const world = await begin()
    last = { world, people: await peopleOf(village) }
    return world
  }
  return {
    village, begin: beginAnew,
    asBegun: async () => (last !== undefined && (await peopleOf(village)) === last.people ? last.world : beginAnew()),
  }
}
