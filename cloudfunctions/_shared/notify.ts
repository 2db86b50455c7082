import { shanghaiDay } from './clock'
import { readConfiguration, type MessageTemplate } from './configuration'
import { followersOf } from './follower'
import { inbox, type InboxRow, type PushState } from './inbox'
import type { JobRunner } from './jobs'
import { logLine } from './log'
import { covers, livesThere, members, postKey, type Member } from './member'
import type { Notice, NoticeAudience } from './notice'
import { cloud, command } from './platform'
import { counted } from './invocation'
import { formatKeyword } from './subscription-message'

/** As many as one query answers; without it the platform stops at a hundred, and says nothing. */
const everybodyThere = { limit: 1_000 }

const livingIn = async (houseIds: string[], now: Date): Promise<Member[]> => {
  const everybody = await members.find({ 'houses.houseId': houseIds.length === 1 ? houseIds[0] : command.in(houseIds) }, everybodyThere)
  return everybody.filter(({ houses }) => houses.some((house) => houseIds.includes(house.houseId) && livesThere(house, shanghaiDay(now))))
}

const recipients = async (audience: NoticeAudience, now: Date): Promise<Member[]> => {
  switch (audience.to) {
    case 'house': {
      const { houseId, scope } = audience
      const household = await livingIn([houseId], now)
      return scope === undefined ? household : household.filter(({ houses }) => houses.some((house) => house.houseId === houseId && house.scopes.includes(scope)))
    }
    case 'followers': {
      const followers = await followersOf(audience.subjectId)
      return followers.length === 0 ? [] : livingIn([...new Set(followers.map(({ houseId }) => houseId))], now)
    }
    case 'member': {
      const member = await members.get(audience.memberId)
      return member ? [member] : []
    }
    case 'staff': {
      const { communityId, roles, except } = audience
      const colleagues = await members.find({ postKeys: command.in(roles.map((role) => postKey(communityId, role))) }, everybodyThere)
      return colleagues.filter(({ _id, posts }) => _id !== except && posts.some((post) => roles.includes(post.role) && covers(post, audience)))
    }
  }
}

/** WeChat's numbers for "this person allows no more messages", whatever our own count said. */
const refusedByPerson = 43101

/** Sends one subscription message to somebody who still allows one; what became of it. Two round trips, three when WeChat says no. */
export const sendOnce = async (member: Pick<Member, '_id' | 'openid'>, template: MessageTemplate, notice: Pick<Notice, 'kind' | 'page' | 'values'>): Promise<PushState> => {
  const quota = `quotas.${template.templateId}`
  if ((await members.update({ _id: member._id, [quota]: command.gt(0) }, { [quota]: command.inc(-1) })) === 0) return 'no_quota'
  try {
    await counted(() => cloud.openapi.subscribeMessage!.send!({
      touser: member.openid,
      templateId: template.templateId,
      ...(notice.page && { page: notice.page }),
      data: Object.fromEntries(Object.entries(template.keywords).map(([keyword, value]) => [
        keyword, { value: formatKeyword(keyword, notice.values[value] ?? '') },
      ])),
    }))
    return 'sent'
  } catch (error) {
    const { errCode } = error as { errCode?: number }
    if (errCode === refusedByPerson) {
      await members.update({ _id: member._id }, { [quota]: 0 })
      return 'no_quota'
    }
    logLine({ event: 'push_failed', kind: notice.kind, errCode: errCode ?? null })
    return 'failed'
  }
}

const tell = async (member: Member, notice: Notice, key: string): Promise<void> => {
  const row: InboxRow = {
    _id: `${key}_${member._id}`, schema: 1, memberId: member._id, kind: notice.kind, title: notice.title, body: notice.body,
    page: notice.page, createdAt: new Date(notice.at), orderKey: `${notice.at}_${key}`, isRead: false, push: 'owed',
  }
  await inbox.insert(row)
  // Only the worker that takes the push sends it: a second run, or a second worker, finds it taken.
  if ((await inbox.update({ _id: row._id, push: 'owed' }, { push: 'trying' })) === 0) return
  const template = (await readConfiguration(notice.communityId)).templates[notice.kind]
  const push = template ? await sendOnce(member, template, notice) : 'no_template'
  await inbox.update({ _id: row._id }, { push })
}

/**
 * Runs a job of kind `notices`: each recipient's inbox row first (nothing is lost when the subscription is refused), then the
 * subscription message if the person still allows one. Safe to repeat; never fails the action that owed it, which has long replied.
 */
export const deliverNotices: JobRunner = async (job, now) => {
  const notices = job.payload.notices as Notice[]
  for (const [index, notice] of notices.entries()) {
    for (const member of await recipients(notice.audience, now)) await tell(member, notice, `${job._id}_${index}`)
  }
  return 'done'
}
