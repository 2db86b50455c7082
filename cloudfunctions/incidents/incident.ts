import type { Caller } from '../_shared/caller'
import type { Check } from '../_shared/content-review'
import type { Stored } from '../_shared/db'
import { conflict, invalid, notFound } from '../_shared/errors'
import { covers, type Post } from '../_shared/member'
import { buildingLabelOf } from '../houses/house-name'
import type { IncidentKind, OpenIncident } from './contract'

type Words = { title: string; note: string }

/** 停水 停电 电梯故障: known to the property, so that a hundred people need not report it. */
export type Incident = Stored & {
  version: number
  communityId: string
  kind: IncidentKind
  title: string
  /** null: the whole community. */
  buildings: string[] | null
  /** The same for an index: the buildings, or '*' alone. */
  buildingKeys: string[]
  startsAt: Date
  expectedEndAt: Date | null
  endedAt: Date | null
  isOpen: boolean
  note: string
  /** Of title and note together. */
  textCheck: Check
  /** What residents read of them: what passed, null before. What they read then is ours, so that nobody waits to hear that the water is off. */
  shown: Words | null
  /** Who wrote the latest of them. */
  writtenBy: { memberId: string; role: Post['role'] }
  updatedAt: Date
  createdBy: { memberId: string; name: string }
  /** Requests that changed it, so that a repetition changes nothing; as many as there are updates. */
  requestIds: string[]
  orderKey: string
}

/** An incident told anew more often than this is several. */
const mostUpdates = 50

const words: Record<IncidentKind, string[]> = {
  water: ['停水', '没水', '没有水', '断水', '水压', '水小', '来水', '不出水'],
  power: ['停电', '没电', '断电', '跳闸', '来电', '没有电'],
  gas: ['停气', '燃气', '煤气', '没气', '天然气'],
  heating: ['暖气', '供暖', '不热', '停暖', '地暖'],
  elevator: ['电梯', '升降机', '轿厢'],
  other: [],
}

/** Whether what somebody writes may be this incident; without words, any may. */
export const isAbout = ({ kind, title }: Pick<Incident, 'kind' | 'title'>, text: string): boolean => {
  if (text === '') return true
  if (words[kind].some((word) => text.includes(word))) return true
  return kind === 'other' && [...title].some((_, i) => i + 2 <= [...title].length && text.includes([...title].slice(i, i + 2).join('')))
}

export const affects = ({ communityId, buildings }: Pick<Incident, 'communityId' | 'buildings'>, house: { communityId: string; building: string }): boolean =>
  communityId === house.communityId && (buildings === null || buildings.includes(house.building))

type Plan = { incidentId: string; requestId: string; kind: IncidentKind; title: string; buildings: string[] | null; startsAt: Date; expectedEndAt: Date | null; note: string }

const requireOrder = (startsAt: Date, expectedEndAt: Date | null): void => {
  if (expectedEndAt && expectedEndAt <= startsAt) throw invalid({ expectedEndAt: '预计恢复的时间要在开始之后' })
}

/** Whether a post may speak for all that an incident affects. */
const mayChange = (incident: Pick<Incident, 'communityId' | 'buildings'>, { post }: Caller): boolean => {
  if (!post || post.communityId !== incident.communityId) return false
  if (post.buildings === null) return true
  return incident.buildings !== null && incident.buildings.every((building) => covers(post, { communityId: incident.communityId, building }))
}

export const canSee = (incident: Incident, { post }: Caller): boolean =>
  post !== null && post.communityId === incident.communityId &&
  (post.buildings === null || incident.buildings === null || incident.buildings.some((building) => post.buildings!.includes(building)))

/** A new incident of the caller's community. Throws INVALID_INPUT, and for buildings outside the caller's post too. */
export const announce = (plan: Plan, caller: Caller, now: Date): Incident => {
  const { communityId } = caller.post!
  const buildings = plan.buildings && [...new Set(plan.buildings)].sort()
  if (!mayChange({ communityId, buildings }, caller)) throw invalid({ buildings: '只能发布您负责的楼栋' })
  requireOrder(plan.startsAt, plan.expectedEndAt)
  const { _id: memberId, name } = caller.member!
  return {
    _id: plan.incidentId, schema: 2, version: 1, communityId, kind: plan.kind, title: plan.title, buildings, buildingKeys: buildings ?? ['*'],
    startsAt: plan.startsAt, expectedEndAt: plan.expectedEndAt, endedAt: null, isOpen: true, note: plan.note, textCheck: 'pending', shown: null,
    writtenBy: { memberId, role: caller.post!.role }, updatedAt: now, createdBy: { memberId, name }, requestIds: [plan.requestId], orderKey: `${now.toISOString()}_${plan.incidentId}`,
  }
}

export const isRepeated = ({ requestIds }: Incident, requestId: string): boolean => requestIds.includes(requestId)

type Change = { requestId: string; note: string }

const changed = (incident: Incident, { requestId, note }: Change, caller: Caller, now: Date): Incident => {
  if (!canSee(incident, caller) || !mayChange(incident, caller)) throw notFound('个事件')
  if (!incident.isOpen) throw conflict('INCIDENT_ENDED', '这件事已经结束了，有新情况请另发一条')
  if (incident.requestIds.length >= mostUpdates) throw conflict('INCIDENT_FULL', '更新次数太多，请结束后另发一条')
  const next = { ...incident, version: incident.version + 1, updatedAt: now, requestIds: [...incident.requestIds, requestId] }
  return note === '' || note === incident.note ? next : {
    ...next, note, textCheck: 'pending', shown: incident.shown && { title: incident.shown.title, note: '' },
    writtenBy: { memberId: caller.member!._id, role: caller.post!.role },
  }
}

export const update = (incident: Incident, change: Change & { expectedEndAt: Date | null }, caller: Caller, now: Date): Incident => {
  const next = changed(incident, change, caller, now)
  requireOrder(incident.startsAt, change.expectedEndAt)
  return { ...next, expectedEndAt: change.expectedEndAt }
}

export const finish = (incident: Incident, change: Change, caller: Caller, now: Date): Incident =>
  ({ ...changed(incident, change, caller, now), endedAt: now, isOpen: false })

/** What is checked as one. */
export const wordsOf = ({ title, note }: Words): string => `${title}\n${note}`.trim()

export const settleWords = (incident: Incident, textCheck: Exclude<Check, 'pending'>): Incident =>
  ({ ...incident, textCheck, shown: textCheck === 'passed' ? { title: incident.title, note: incident.note } : null })

const plainWords: Record<IncidentKind, string> = { water: '停水', power: '停电', gas: '停气', heating: '停暖', elevator: '电梯故障', other: '突发情况' }
const mostNamed = 3

/** As residents say it. */
export const whereOf = ({ buildings }: Pick<Incident, 'buildings'>): string => {
  if (buildings === null) return '全小区'
  const named = buildings.slice(0, mostNamed).map(buildingLabelOf).join('、')
  return buildings.length > mostNamed ? `${named}等 ${buildings.length} 栋` : named
}

/** What residents read: what passed the content check, and until then which buildings have what, in our own words. */
export const shownOf = ({ kind, buildings, shown }: Pick<Incident, 'kind' | 'buildings' | 'shown'>): Words =>
  shown ?? { title: `${whereOf({ buildings })}${plainWords[kind]}`, note: '' }

/** As residents see it. */
export const publicIncidentOf = (incident: Incident, followerCount: number, isFollowing: boolean): OpenIncident =>
  ({ ...incidentOf(incident, followerCount, isFollowing), ...shownOf(incident), heldAs: null })

/** As staff see it. */
export const incidentOf = (incident: Incident, followerCount: number, isFollowing: boolean): OpenIncident => ({
  incidentId: incident._id, kind: incident.kind, title: incident.title, buildings: incident.buildings, startsAt: incident.startsAt.toISOString(),
  expectedEndAt: incident.expectedEndAt?.toISOString() ?? null, endedAt: incident.endedAt?.toISOString() ?? null, note: incident.note,
  updatedAt: incident.updatedAt.toISOString(), followerCount, isFollowing, heldAs: incident.textCheck === 'passed' ? null : shownOf(incident).title,
})
