import { createHash } from 'node:crypto'
import { after, minutes, now as readClock } from './clock'
import { companyId, readConfiguration } from './configuration'
import { collection, type Stored, type Transaction } from './db'
import { currentInvocation } from './invocation'
import { jobs, takeJob, type Job, type JobRunner } from './jobs'
import { logLine } from './log'
import { maskNumbers } from './masking'
import { owe } from './outbox'
import { command } from './platform'
import { postJson } from './webhook'

/** `communityId` null: for the company's group. `text`: no name but a surname with a role (`nameWithTitle`); numbers are masked here. */
export type RobotText = { communityId: string | null; text: string }
type RobotDuty = RobotText & { at: string }
/** When a robot spoke last, so that all processes together keep to its limit. */
type Robot = Stored & { sentAt: Date[]; version: number }

const robots = collection<Robot>('robots')

export const robotKind = 'robot'
/** 企业微信: a robot that speaks more often is silenced. */
const timesAMinute = 20
/** 企业微信: bytes of a text in UTF-8. */
const mostBytes = 2_048
const longestText = 500
const answersWithinMs = 3_000
const keptForMs = minutes(24 * 60)

/** The group a community's staff read: its own, else the company's; null when nobody has set one up. */
export const webhookOf = async (communityId: string | null): Promise<string | null> =>
  (communityId && (await readConfiguration(communityId)).robot?.webhook) || ((await readConfiguration(companyId)).robot?.webhook ?? null)

const dutyFor = (fact: string, { communityId, text }: RobotText, now: Date) => {
  const payload: RobotDuty = { communityId, text: [...maskNumbers(text)].slice(0, longestText).join(''), at: now.toISOString() }
  return { _id: `robot_${fact}`, kind: robotKind, payload }
}

/**
 * Saves, with the fact that is worth telling, a message to the staff's 企业微信 group; delivered after the reply, never failing or
 * delaying it. Nothing is owed where no robot is configured. One write; at most two reads a minute and process for the configuration.
 */
export const oweRobot = async (transaction: Transaction, fact: string, { communityId, text }: RobotText, now: Date): Promise<void> => {
  if (!(await webhookOf(communityId))) return
  const duty = dutyFor(fact, { communityId, text }, now)
  await owe(transaction, duty, now)
  currentInvocation().owed.push(duty._id)
}

/** As `oweRobot`, by a job that was itself owed with the fact: done again, it owes nothing more. */
export const oweRobotFromJob = async (fact: string, { communityId, text }: RobotText, now: Date): Promise<void> => {
  if (!(await webhookOf(communityId))) return
  await jobs.insert({ ...dutyFor(fact, { communityId, text }, now), schema: 1, dueAt: now, attempts: 0 })
}

const idOf = (webhook: string): string => createHash('sha256').update(webhook).digest('hex').slice(0, 32)

/** Null when the robot may speak now, and has been counted; otherwise when it may again. */
const takeTurn = async (webhook: string, now: Date): Promise<Date | null> => {
  const _id = idOf(webhook)
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const robot = await robots.get(_id)
    const lately = robot?.sentAt.filter((at) => at > after(now, -minutes(1))) ?? []
    if (lately.length >= timesAMinute) return after(lately[0]!, minutes(1))
    if (!robot) {
      if (await robots.insert({ _id, schema: 1, sentAt: [now], version: 1 })) return null
    } else if ((await robots.update({ _id, version: robot.version }, { sentAt: [...lately, now], version: robot.version + 1 })) === 1) {
      return null
    }
  }
  return after(now, minutes(1))
}

const dutyOf = (job: Job): RobotDuty => job.payload as RobotDuty
const isTooOld = (job: Job, now: Date): boolean => new Date(dutyOf(job).at) < after(now, -keptForMs)

/** What fell due for the same group while this one waited, as far as it fits into the same message; each is taken, so nobody else sends it. */
const takeCompanions = async (job: Job, now: Date): Promise<Job[]> => {
  const { communityId, text } = dutyOf(job)
  const waiting = await jobs.find({ kind: robotKind, 'payload.communityId': communityId, dueAt: command.lte(now) }, { sort: { dueAt: 'asc' }, limit: 20 })
  let room = mostBytes - Buffer.byteLength(text)
  const taken: Job[] = []
  for (const each of waiting) {
    room -= Buffer.byteLength(dutyOf(each).text) + 1
    if (room < 0) break
    if (await takeJob(each, now)) taken.push(each)
  }
  return taken
}

/** Throws unless the robot's server has taken the text. */
export const speak = async (webhook: string, content: string): Promise<void> => {
  const { errcode, errmsg } = await postJson(webhook, { msgtype: 'text', text: { content } }, answersWithinMs)
  if (errcode !== 0) throw new Error(`the robot refused: ${String(errcode)} ${String(errmsg)}`)
}

/**
 * Runs a job of kind `robot`. One that had to wait takes along whatever else waits for the same group. A crash between sending and
 * removing sends twice: the robot's server knows no way to ask whether it has a message.
 */
export const deliverRobot: JobRunner = async (job, begunAt) => {
  // A sweep may have been at work for most of a minute; the robot's minute is counted by when it really speaks.
  const now = readClock()
  const webhook = await webhookOf(dutyOf(job).communityId)
  if (!webhook || isTooOld(job, now)) {
    logLine({ event: 'robot_given_up', job: job._id, isConfigured: webhook !== null })
    return 'done'
  }
  const notBefore = await takeTurn(webhook, now)
  if (notBefore) return notBefore
  const hasWaited = job.dueAt > new Date(dutyOf(job).at)
  const companions = hasWaited ? await takeCompanions(job, begunAt) : []
  await speak(webhook, [job, ...companions].map((each) => dutyOf(each).text).join('\n'))
  for (const each of companions) await jobs.remove(each._id)
  return 'done'
}
