import { randomUUID } from 'node:crypto'
import type * as z from 'zod'
import { auditRow, audits, writeAudit } from '../_shared/audit'
import { memberOf, type Caller } from '../_shared/caller'
import { after, shanghaiDay, shanghaiTime } from '../_shared/clock'
import type { Output } from '../_shared/contract'
import { conflict, forbidden, invalid, notFound } from '../_shared/errors'
import { jobs } from '../_shared/jobs'
import { covers, livesThere, type Member } from '../_shared/member'
import type { Situation } from '../_shared/serve'
import { writeSpreadsheet, type SheetContent } from '../_shared/spreadsheet'
import { saveFile, temporaryUrls, uploadPrefix } from '../_shared/storage'
import { openVault } from '../_shared/vault'
import { buildingsOf } from '../houses/repository'
import { limits, type contract, type ExportsContract } from './contract'
import { expiryKind, keptForMs, type ExpiryDuty } from './jobs'
import { sheetOfHouses, sheetOfResidents, sheetOfStaff } from './register-sheets'
import { housesIn, residentsIn, staffIn } from './repository'

type In<A extends keyof ExportsContract> = z.output<(typeof contract)[A]['input']>
type Out<A extends keyof ExportsContract> = Output<ExportsContract, A>

/** The line above every sheet: whoever passes it on passes on their name. */
const noticeOf = (caller: Caller, now: Date): string =>
  `${caller.post!.communityName} · 由 ${memberOf(caller).name} 于 ${shanghaiTime(now)} 导出 · 仅供物业内部使用，请勿外传`

const requireFew = (rows: unknown[]): void => {
  if (rows.length > limits.rowCount) throw conflict('TOO_MANY_ROWS', `超过 ${limits.rowCount.toLocaleString('en')} 行，请按楼栋分别导出`)
}

/** How numbers are shown, and why where they are shown whole. */
type Showing = { showsPhones: boolean; reason: string }

const requireMayShow = ({ post }: Caller, { showsPhones, reason }: Showing): void => {
  if (!showsPhones) return
  if (post!.role !== 'manager') throw forbidden('完整手机号只有管理员可以导出')
  if (reason === '') throw invalid({ reason: '请写明为什么要完整手机号，每位住户都会看到' })
}

/** Audited before its address is handed out; one file of a kind for each person, and gone after a day. */
const deliver = async (what: keyof ExportsContract, title: string, content: SheetContent, chosen: Record<string, string | boolean | null>, { caller, now }: Situation) => {
  const post = caller.post!
  requireFew(content.rows)
  const fileId = await saveFile(`${uploadPrefix('exports', caller)}/${what}-${post.communityId}.xlsx`, await writeSpreadsheet(content))
  const payload: ExpiryDuty = { fileId }
  await jobs.insert({ _id: `export_${randomUUID()}`, schema: 1, kind: expiryKind, dueAt: after(now, keptForMs), attempts: 0, payload })
  await writeAudit({
    actorId: memberOf(caller)._id, action: `exports.${what}`, subjectId: post.communityId, communityId: post.communityId, at: now,
    after: { rows: content.rows.length, ...chosen },
  })
  const url = (await temporaryUrls([fileId])).get(fileId)
  if (url === undefined) throw new Error(`The export ${fileId} was stored and has no address`)
  return { url, fileName: `${post.communityName}${title} ${shanghaiDay(now)}.xlsx`, rowCount: content.rows.length }
}

/** The buildings that were chosen, or all that the post covers. */
const chosenBuildings = async ({ post }: Caller, building: string | undefined): Promise<string[]> => {
  const { communityId } = post!
  const covered = (await buildingsOf(communityId)).map(({ name }) => name).filter((name) => covers(post!, { communityId, building: name }))
  if (building === undefined) return covered
  if (!covered.includes(building)) throw notFound('栋楼')
  return [building]
}

export const houses = async ({ building }: In<'houses'>, situation: Situation): Promise<Out<'houses'>> => {
  const { caller, now } = situation
  const found = await housesIn(caller.post!.communityId, await chosenBuildings(caller, building))
  return deliver('houses', '房屋', sheetOfHouses(found, noticeOf(caller, now)), { showsPhones: false, building: building ?? null }, situation)
}

type Numbered = Pick<Member, '_id' | 'phone' | 'maskedPhone'>

/** How numbers are shown. Each person whose number is shown whole can see by whom: written before it is. */
const phonesOf = async (people: Numbered[], { showsPhones, reason }: Showing, action: string, { caller, now }: Situation): Promise<(member: Numbered) => string | null> => {
  if (!showsPhones) return ({ maskedPhone }) => maskedPhone
  const vault = await openVault()
  const rows = people.filter(({ phone }) => phone !== null).map(({ _id }) =>
    auditRow({ actorId: memberOf(caller)._id, action, subjectId: _id, communityId: caller.post!.communityId, after: { showsPhones: true, reason }, at: now }))
  for (let from = 0; from < rows.length; from += 500) await audits.insertMany(rows.slice(from, from + 500))
  return ({ phone }) => (phone === null ? null : vault.open(phone))
}

export const residents = async ({ building, ...showing }: In<'residents'>, situation: Situation): Promise<Out<'residents'>> => {
  const { caller, now } = situation
  requireMayShow(caller, showing)
  const buildings = await chosenBuildings(caller, building)
  const [today, { communityId }] = [shanghaiDay(now), caller.post!]
  const found = (await residentsIn(communityId)).map((member) => ({
    member, homes: member.houses.filter((home) => home.communityId === communityId && buildings.includes(home.building) && livesThere(home, today)),
  })).filter(({ homes }) => homes.length > 0)
  const phoneOf = await phonesOf(found.map(({ member }) => member), showing, 'exports.residents', situation)
  const rows = found.flatMap(({ member, homes }) => homes.map((home) => ({ ...home, phone: phoneOf(member) })))
    .sort((a, b) => a.houseLabel.localeCompare(b.houseLabel, 'zh-CN', { numeric: true }))
  return deliver('residents', '住户', sheetOfResidents(rows, noticeOf(caller, now)), { ...showing, building: building ?? null }, situation)
}

export const staff = async (showing: In<'staff'>, situation: Situation): Promise<Out<'staff'>> => {
  const { caller, now } = situation
  requireMayShow(caller, showing)
  const { communityId } = caller.post!
  const people = await staffIn(communityId)
  const phoneOf = await phonesOf(people, showing, 'exports.staff', situation)
  const rows = people.flatMap((member) => member.posts.filter((post) => post.communityId === communityId)
    .map(({ role, buildings }) => ({ name: member.name, role, buildings, phone: phoneOf(member) })))
  return deliver('staff', '员工', sheetOfStaff(rows, noticeOf(caller, now)), { ...showing, building: null }, situation)
}
