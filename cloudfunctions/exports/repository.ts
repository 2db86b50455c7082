import { members, postKey, type Member } from '../_shared/member'
import { command } from '../_shared/platform'
import { staffRole } from '../_shared/roles'
import { houses } from '../houses/repository'
import { limits } from './contract'

const pageSize = 500
const atOnce = 10

const houseFields = ['building', 'entrance', 'roomNo', 'label', 'areaSqm'] as const

const housesOfOne = async (communityId: string, building: string) => {
  const found = []
  for (let cursor: string | undefined; ;) {
    const page = await houses.page({ communityId, building }, { by: 'orderKey', direction: 'asc', cursor, limit: pageSize, fields: houseFields })
    found.push(...page.documents)
    if (page.nextCursor === null) return found
    cursor = page.nextCursor
  }
}

/** All houses of the buildings, in the order of the buildings. */
export const housesIn = async (communityId: string, buildings: string[]) => {
  const found = []
  for (let from = 0; from < buildings.length && found.length <= limits.rowCount; from += atOnce) {
    found.push(...(await Promise.all(buildings.slice(from, from + atOnce).map((building) => housesOfOne(communityId, building)))).flat())
  }
  return found
}

const residentFields = ['houses', 'phone', 'maskedPhone'] as const
export type Resident = Pick<Member, '_id' | (typeof residentFields)[number]>

/** Everybody who has, or had, a house in the community. */
export const residentsIn = async (communityId: string): Promise<Resident[]> => {
  const found: Resident[] = []
  for (let cursor: string | undefined; found.length <= limits.rowCount;) {
    const page = await members.page({ 'houses.communityId': communityId }, { by: '_id', direction: 'asc', cursor, limit: pageSize, fields: residentFields })
    found.push(...page.documents)
    if (page.nextCursor === null) break
    cursor = page.nextCursor
  }
  return found
}

export const staffIn = (communityId: string) => {
  const keys = staffRole.options.map((role) => postKey(communityId, role))
  return members.find({ postKeys: command.in(keys) }, { limit: 1_000, fields: ['name', 'posts', 'phone', 'maskedPhone'] })
}
