import * as z from 'zod'
import { cursor, id, instant, requestId, text } from '../_shared/contract'

export const limits = { noteLength: 200, spotLength: 40, buildingCount: 200, pageSize: 20 }

/** 停水 停电 停气 停暖 电梯故障 其他 */
export const kind = z.enum(['water', 'power', 'gas', 'heating', 'elevator', 'other'])

const building = z.string().trim().min(1).max(12)
const note = z.string().trim().max(limits.noteLength, `最多 ${limits.noteLength} 个字`)

/** What residents of an affected building see. */
export const openIncident = z.object({
  incidentId: id,
  kind,
  title: z.string(),
  /** The affected buildings; null for the whole community. */
  buildings: z.array(z.string()).nullable(),
  startsAt: instant,
  /** When it is expected to be over; null when nobody knows. */
  expectedEndAt: instant.nullable(),
  endedAt: instant.nullable(),
  note: z.string(),
  /** The latest words from the property, and when. */
  updatedAt: instant,
  followerCount: z.number().int(),
  isFollowing: z.boolean(),
  /** For staff, while residents do not see these words yet, or may not: what they read as its title. */
  heldAs: z.string().nullable(),
})

const plan = {
  kind,
  title: text(limits.spotLength, '请写一句话说明'),
  buildings: z.array(building).min(1, '请选择受影响的楼栋').max(limits.buildingCount).nullable(),
  startsAt: instant,
  expectedEndAt: instant.nullable().default(null),
  note: note.default(''),
}

export const contract = {
  /** What is going on at a house now. */
  list: { input: z.strictObject({ houseId: id }), output: z.object({ incidents: z.array(openIncident) }) },
  /** 我也遇到 */
  follow: { input: z.strictObject({ houseId: id, incidentId: id, isFollowing: z.boolean() }), output: z.object({ isFollowing: z.boolean(), followerCount: z.number().int() }) },
  /** Staff: the community's own, those that go on first. */
  board: {
    input: z.strictObject({ state: z.enum(['open', 'ended']), cursor: cursor.optional() }),
    output: z.object({ incidents: z.array(openIncident), nextCursor: cursor.nullable(), buildings: z.array(z.string()) }),
  },
  create: { input: z.strictObject({ requestId, ...plan }), output: z.object({ incidentId: id }) },
  /** Whoever follows is told the new words. */
  update: { input: z.strictObject({ incidentId: id, requestId, expectedEndAt: instant.nullable(), note: text(limits.noteLength, '请写下最新进展') }), output: z.object({ incidentId: id }) },
  /** Everybody affected is told that it is over. */
  finish: { input: z.strictObject({ incidentId: id, requestId, note: note.default('') }), output: z.object({ incidentId: id }) },
}
export type IncidentsContract = typeof contract
export type OpenIncident = z.output<typeof openIncident>
export type IncidentKind = z.output<typeof kind>
