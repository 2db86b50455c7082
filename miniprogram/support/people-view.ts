import type { Relation, ResidentScope, Session, StaffRole } from '../../cloudfunctions/members/contract'
import { calendarDay } from './dates'

// A newer server may send a word this release has never heard of: it then reads calmly instead of breaking the page.
const word = (words: Record<string, string>, key: string, fallback: string): string => (Object.keys(words).includes(key) ? words[key]! : fallback)
const choices = (words: Record<string, string>) => Object.entries(words).map(([value, said]) => ({ value, word: said }))

const relations: Record<Relation, string> = { owner: '业主', family: '家属', tenant: '租户' }
const scopes: Record<ResidentScope, string> = { bills: '能看账单', pay: '能缴费', invite: '能邀请访客', report: '能报修' }
const roles: Record<StaffRole, string> = { manager: '管理员', clerk: '客服', technician: '维修师傅', cashier: '财务', guard: '保安', inspector: '巡检' }

export const sayRelation = (relation: string): string => word(relations, relation, '住户')
export const sayRole = (role: string): string => word(roles, role, '物业人员')
export const relationChoices = choices(relations)
export const joinerChoices = relationChoices.filter(({ value }) => value !== 'owner')
export const scopeChoices = choices(scopes)
export const roleChoices = choices(roles)

export const sayScopes = (given: readonly string[]): string => {
  if (given.length === Object.keys(scopes).length) return '能办全部事情'
  return given.length > 0 ? given.map((scope) => word(scopes, scope, '')).filter(Boolean).join('、') : '只能看公告'
}

/** 3 → 3栋, 1期3 → 1期3栋; what already says what it is stays. */
export const sayBuilding = (building: string): string => (/[栋楼座幢阁轩]$/.test(building) ? building : `${building}栋`)

export const sayBuildings = (buildings: readonly string[] | null): string => (buildings ? buildings.map(sayBuilding).join('、') : '全小区')

export const sayPost = (post: NonNullable<Session['post']>): string =>
  post.buildings ? `${sayRole(post.role)}（${sayBuildings(post.buildings)}）` : sayRole(post.role)

export const sayEnd = (endsOn: string | null): string => (endsOn ? `到${calendarDay(endsOn)}为止` : '长期')
