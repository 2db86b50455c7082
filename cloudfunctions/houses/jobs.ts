import { inTransaction } from '../_shared/db'
import type { JobRunner, JobRunners } from '../_shared/jobs'
import { members, postKey, type Member } from '../_shared/member'
import { command } from '../_shared/platform'
import { staffRole } from '../_shared/roles'
import { houseLabelOf } from './house-name'
import type { House } from './house'
import * as repository from './repository'

export const renameKind = 'house_rename'
/** A community, one of its buildings or one house has a new name, which people's own documents still have to learn. */
export type Renaming = { communityId: string; building: string | null; houseId: string | null }

const worksForMs = 20_000
const pageSize = 100

type Fresh = (member: Pick<Member, 'houses' | 'posts' | 'post'>) => Pick<Member, 'houses' | 'posts' | 'post'>
const isSame = (a: object, b: object) => JSON.stringify(a) === JSON.stringify(b)

/** Gives people's documents the new words; those that have them already are only read, so that doing it again costs little. */
const refresh = async (found: Pick<Member, '_id' | 'houses' | 'posts' | 'post'>[], fresh: Fresh): Promise<void> => {
  const stale = found.filter(({ houses, posts, post }) => !isSame({ houses, posts, post }, fresh({ houses, posts, post })))
  for (const { _id } of stale) {
    await inTransaction(async (transaction) => {
      const member = await transaction.get(members, _id)
      if (!member) return
      const { houses, posts, post } = member
      await transaction.replace(members, { ...member, ...fresh({ houses, posts, post }), version: member.version + 1 })
    })
  }
}
const fields = ['houses', 'posts', 'post'] as const

const relabelled = (labels: Map<string, string>): Fresh => ({ houses, ...rest }) =>
  ({ houses: houses.map((home) => ({ ...home, houseLabel: labels.get(home.houseId) ?? home.houseLabel })), ...rest })

const tellResidents = async (houses: Pick<House, '_id' | 'label'>[]): Promise<void> => {
  const labels = new Map(houses.map(({ _id, label }) => [_id, label]))
  // Read in small parts: a house has several people, and a page has an end.
  for (let from = 0; from < houses.length; from += 10) {
    const ids = houses.slice(from, from + 10).map(({ _id }) => _id)
    await refresh(await members.find({ 'houses.houseId': command.in(ids) }, { limit: 1_000, fields }), relabelled(labels))
  }
}

const renameBuilding = async (communityId: string, name: string, isOutOfTime: () => boolean): Promise<boolean> => {
  const building = await repository.buildingNamed(communityId, name)
  let cursor: string | undefined
  do {
    if (isOutOfTime()) return false
    const page = await repository.housesOf(communityId, name, cursor, pageSize)
    const renamed = page.documents.map((house) => ({ ...house, label: houseLabelOf(building!.label, house) }))
    // People first: a house that has its new name needs nobody to be told any more.
    const stale = renamed.filter(({ label }, i) => label !== page.documents[i]!.label)
    await tellResidents(stale)
    const written = await Promise.all(stale.map(({ _id, version, label }) => repository.houses.update({ _id, version }, { label, version: version + 1 })))
    // Somebody changed one of them in between, maybe under the old name: the next round looks again.
    if (written.includes(0)) return false
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return true
}

const renameCommunity = async (communityId: string, isOutOfTime: () => boolean): Promise<boolean> => {
  const community = await repository.communities.get(communityId)
  const renamed = <T extends { communityId: string; communityName: string }>(place: T): T =>
    (place.communityId === communityId ? { ...place, communityName: community!.name } : place)
  const fresh: Fresh = ({ houses, posts, post }) => ({ houses: houses.map(renamed), posts: posts.map(renamed), post: post && renamed(post) })
  const staffKeys = staffRole.options.map((role) => postKey(communityId, role))
  await refresh(await members.find({ postKeys: command.in(staffKeys) }, { limit: 1_000, fields }), fresh)
  let cursor: string | undefined
  do {
    if (isOutOfTime()) return false
    const page = await members.page({ 'houses.communityId': communityId }, { by: '_id', direction: 'asc', cursor, limit: pageSize, fields })
    await refresh(page.documents, fresh)
    cursor = page.nextCursor ?? undefined
  } while (cursor !== undefined)
  return true
}

const rename: JobRunner = async ({ payload }, now) => {
  const { communityId, building, houseId } = payload as Renaming
  const startedAt = performance.now()
  const isOutOfTime = () => performance.now() - startedAt > worksForMs
  if (houseId !== null) {
    const house = await repository.houses.get(houseId)
    if (house) await tellResidents([house])
    return 'done'
  }
  const isDone = building === null ? await renameCommunity(communityId, isOutOfTime) : await renameBuilding(communityId, building, isOutOfTime)
  return isDone ? 'done' : now
}

export const houseJobs: JobRunners = { [renameKind]: rename }
