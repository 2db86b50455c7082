import type { RosterRow } from '../../../cloudfunctions/houses/contract'
import type { OpenedHouse } from '../../services/houses'
import type { ResidentProfile } from '../../services/insights'
import { sayArea } from '../../support/area'
import { sayEnd, sayRelation, sayScopes } from '../../support/people-view'

/** Either part is null for a role that may not see it. */
type Opened = { profile: ResidentProfile | null; register: OpenedHouse | null }

const residentWords: Record<string, string> = { reveal: '看号码', moveOut: '退房' }
const rosterActions = [{ key: 'revealRoster', word: '看号码' }, { key: 'roster', word: '修改' }, { key: 'removeRoster', word: '删除' }]

const viewRow = (row: RosterRow) => ({ ...row, title: `${row.name} · ${sayRelation(row.relation)}`, actions: rosterActions })

const viewResidents = ({ residents, residentSteps }: ResidentProfile) =>
  residents?.map((one) => ({
    memberId: one.memberId,
    name: one.name,
    title: `${one.name} · ${sayRelation(one.relation)}`,
    phone: one.maskedPhone === undefined ? '' : one.maskedPhone ?? '没有手机号',
    meta: one.scopes && one.endsOn !== undefined ? `${sayScopes(one.scopes)} · ${sayEnd(one.endsOn)}` : '',
    actions: residentSteps.flatMap((key) => (residentWords[key] ? [{ key, word: residentWords[key] }] : [])),
  })) ?? null

const viewRepairs = ({ repairs }: ResidentProfile) => repairs ? [
  { key: 'waiting', word: '待受理', count: repairs.waiting },
  { key: 'working', word: '处理中', count: repairs.working },
  { key: 'done', word: '已完成', count: repairs.done },
] : null

export const viewProfile = ({ profile, register }: Opened) => ({
  label: profile?.label ?? register?.house.label ?? '',
  area: !register ? profile?.communityName ?? '' : register.house.areaSqm ? sayArea(register.house.areaSqm) : '面积还没登记',
  house: register?.house ?? null,
  residents: profile ? viewResidents(profile) : null,
  roster: register ? register.roster.map(viewRow) : null,
  isRosterFull: register ? register.roster.length >= register.limits.rosterCount : true,
  waitingCount: profile?.applications?.filter(({ status }) => status === 'pending').length ?? 0,
  repairs: profile ? viewRepairs(profile) : null,
})
export type ProfileView = ReturnType<typeof viewProfile>
