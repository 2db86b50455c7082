import type { CommitteeMember, CommitteeRole } from '../../../cloudfunctions/houses/contract'
import { calendarDay } from '../../support/dates'

const roles: Record<CommitteeRole, string> = { chair: '主任', deputy: '副主任', member: '委员' }
export const committeeRoleChoices = Object.entries(roles).map(([value, word]) => ({ value, word }))

export type TermForm = { committeeMemberId: string; version: number; name: string; role: CommitteeRole; startsOn: string; endsOn: string; note: string }
export const newTerm = (): TermForm => ({ committeeMemberId: '', version: 0, name: '', role: 'member', startsOn: '', endsOn: '', note: '' })

const sayWhen = (one: CommitteeMember, today: string): string => (today < one.startsOn ? '还没开始' : today > one.endsOn ? '已经到期' : '')

/** `today` empty: only terms that run are in the list, and need no word for it. */
export const viewCommittee = (members: CommitteeMember[], today = '') =>
  members.map((one) => ({
    ...one,
    title: `${one.name} · ${roles[one.role] ?? '委员'}`,
    term: `任期 ${calendarDay(one.startsOn)} 至 ${calendarDay(one.endsOn)}`,
    when: today ? sayWhen(one, today) : '',
  }))
export type CommitteeView = ReturnType<typeof viewCommittee>
