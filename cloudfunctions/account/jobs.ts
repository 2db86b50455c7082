import { after, minutes } from '../_shared/clock'
import type { Departed, DescribeMember, EraseMember } from '../_shared/departing'
import type { JobRunner, JobRunners } from '../_shared/jobs'
import * as ofMembers from '../members/jobs'
import * as ofMessages from '../messages/jobs'
import * as ofRepairs from '../repairs/jobs'

/** Every feature that stores something of a person, by its name: each erases its own. */
const features: Record<string, { eraseMember: EraseMember; describeMember: DescribeMember }> = {
  members: ofMembers, messages: ofMessages, repairs: ofRepairs,
}

export const eraseKind = 'erase_member'
export type Erasure = { departed: Departed }

/** Erases in every feature. Stopped anywhere, it begins again and finds less; when it is done its own memory of the person goes with it. */
const erase: JobRunner = async (job, now) => {
  const { departed } = job.payload as Erasure
  let isDone = true
  for (const { eraseMember } of Object.values(features)) isDone = (await eraseMember(departed, now)) && isDone
  return isDone ? 'done' : after(now, minutes(1))
}

export const accountJobs: JobRunners = { [eraseKind]: erase }

/** Everything stored about a person, by feature. */
export const describeEverywhere = async (memberId: string): Promise<Record<string, unknown>> =>
  Object.fromEntries(await Promise.all(Object.entries(features).map(async ([name, { describeMember }]) => [name, await describeMember(memberId)] as const)))
