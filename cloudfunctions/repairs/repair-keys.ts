import { createHash } from 'node:crypto'
import { shanghaiDay } from '../_shared/clock'
import { placeLabelOf, type RepairOrder } from './repair'

const runningStatuses = ['submitted', 'assigned', 'in_progress', 'quoted']

/**
 * The desk's order: what waits by urgency and age, what is worked on by deadline with what is on hold behind it, what is finished by
 * when it ended.
 */
export const queueKeyOf = (repair: Pick<RepairOrder, '_id' | 'urgency' | 'submittedAt' | 'stage' | 'sla' | 'heldUntil'>, at: Date): string => {
  if (repair.stage === 'done') return `${at.toISOString()}_${repair._id}`
  if (repair.stage === 'waiting') return `${repair.urgency === 'urgent' ? 0 : 1}_${repair.submittedAt.toISOString()}_${repair._id}`
  if (repair.heldUntil) return `9_${repair.heldUntil.toISOString()}_${repair._id}`
  return `0_${(repair.sla?.dueAt ?? repair.submittedAt).toISOString()}_${repair._id}`
}

export const overdueKeyOf = ({ _id, status, sla }: Pick<RepairOrder, '_id' | 'status' | 'sla'>): string | null =>
  sla?.dueAt && runningStatuses.includes(status) ? `${sla.dueAt.toISOString()}_${_id}` : null

/** Neighbours are shown a report of a public area while work is expected, once its words have passed the content check. */
export const publicKeyOf = ({ place, status, textCheck }: Pick<RepairOrder, 'place' | 'status' | 'textCheck'>): string | null =>
  place !== null && textCheck === 'passed' && !['completed', 'closed', 'cancelled'].includes(status) ? (place.building ?? '*') : null

/** Made anew with every step that moves the next moment at which something is due. */
export const watchIdOf = (repairId: string, version: number): string => `watch_${repairId}_${version}`

/** Whoever an order names, each once: what is erased when one of them deletes their account. */
export const peopleOf = ({ people = [], contact, assignee, visit, timeline = [] }: Partial<Pick<RepairOrder, 'people' | 'contact' | 'assignee' | 'visit' | 'timeline'>>): string[] => {
  const named = [...people, contact?.memberId, assignee?.memberId, visit?.technicianId, ...timeline.map(({ by }) => by.memberId)]
  return [...new Set(named.filter((memberId): memberId is string => typeof memberId === 'string' && memberId !== ''))]
}

const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** The day and five characters without those that sound or look alike: 261124-3F7K2. Two orders of a day share one in 33 million. */
export const orderNoOf = (repairId: string, at: Date): string => {
  const digest = createHash('sha256').update(repairId).digest()
  return `${shanghaiDay(at).slice(2).replaceAll('-', '')}-${[...digest.subarray(0, 5)].map((byte) => alphabet[byte % alphabet.length]).join('')}`
}

/** Of a long description the beginning is found, not the end. */
const mostPairs = 80

/** Letters, digits and Chinese characters of a text, two by two: what a search looks up. */
export const pairsOf = (text: string): string[] => {
  const characters = [...text.toLowerCase()].filter((character) => /[\p{Script=Han}a-z0-9]/u.test(character))
  return [...new Set(characters.slice(1).map((character, i) => characters[i]! + character))]
}

export const searchKeysOf = (repair: Pick<RepairOrder, 'orderNo' | 'houseLabel' | 'place' | 'description'>): string[] =>
  [...new Set([...pairsOf(repair.orderNo), ...pairsOf(repair.houseLabel), ...pairsOf(placeLabelOf(repair)), ...pairsOf(repair.description)])].slice(0, mostPairs)
