import { villagers } from '../../../simulator/seed/villagers'
import { watchingCollections, type Village } from '../../support/village'
import { unwatchedOf } from './watched'

type Fields = Record<string, unknown>
type Message = { seq: number; kind: string; openid?: string; content?: string }

/** How a world has ended: what is stored, without what a second try may change, and what was sent to phones and groups. */
export type Ending = {
  /** One line for each document. */
  stored: string[]
  /** Title and person of every notice, in that order. */
  told: string[]
  /** Person of every subscription message. */
  sent: string[]
  /** What the staff's group was told, or will be. */
  group: string[]
  /** Orders that nobody will look at in time. */
  unwatched: string[]
}

const apart = [...watchingCollections, 'robots', 'jobs']
/** How often something was tried, when, and by which process: not what became of it. */
const volatile = ['version', 'holds', 'watchId', 'attempts', 'dueAt', 'push', 'quotas', 'traceId', 'leaseUntil', 'requestIds', 'readAt', 'at', 'parameters']

const masked = (value: unknown): unknown => {
  if (typeof value === 'string') return value.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'then').replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'made up')
  if (value === null || typeof value !== 'object' || value instanceof Date) return value instanceof Date ? 'then' : value
  if (Array.isArray(value)) return value.map(masked)
  if ('iv' in value && 'tag' in value) return 'sealed'
  return Object.fromEntries(Object.entries(value).filter(([key]) => !volatile.includes(key)).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, each]) => [key, masked(each)]))
}

const keyOf = (openid: string): string => villagers.find((villager) => villager.openid === openid)?.key ?? openid.replace(/^o-/, '')

/** What is owed still. The watch over an order stays while it is open, and is nothing owed. */
const owedLine = ({ _id, kind, payload }: Fields): string[] =>
  kind === 'robot' || (kind === 'repair_watch' && (payload as { duties: unknown }).duties === null) ? [] : [`jobs ${String(_id)}`]

export const messagesSince = async (village: Village, since: number): Promise<Message[]> =>
  ((await (await fetch(`${village.url}/control/outbox`)).json()) as { messages: Message[] }).messages.filter(({ seq }) => seq > since)

type Look = { since: number; isOfStory: (repairId: string) => boolean; now: Date }

/** Looks at a village after everything has settled. `since`: the number of the last message sent before. */
export const endingOf = async (village: Village, { since, isOfStory, now }: Look): Promise<Ending> => {
  const read = (name: string) => village.database.documents(name) as Fields[]
  const names = village.database.collectionNames().filter((name) => !apart.includes(name))
  const messages = await messagesSince(village, since)
  const openidOf = new Map(read('members').map(({ _id, openid }) => [_id, String(openid)]))
  const waiting = read('jobs').filter(({ kind }) => kind === 'robot').map(({ payload }) => (payload as { text: string }).text)
  return {
    stored: [...names.flatMap((name) => read(name).map((document) => `${name} ${JSON.stringify(masked(document))}`)), ...read('jobs').flatMap(owedLine)].sort(),
    told: read('inbox').map(({ title, memberId }) => `${String(title)} ${keyOf(openidOf.get(memberId) ?? String(memberId))}`).sort(),
    sent: messages.filter(({ kind }) => kind === 'subscription').map(({ openid }) => keyOf(openid!)).sort(),
    group: [...waiting, ...messages.filter(({ kind }) => kind === 'robot').flatMap(({ content }) => content!.split('\n'))].sort(),
    unwatched: unwatchedOf(village, isOfStory, now),
  }
}

/** What is in a list more often than in another. */
export const beyond = (list: string[], other: string[]): string[] => {
  const left = [...other]
  return list.filter((each) => {
    const at = left.indexOf(each)
    if (at >= 0) left.splice(at, 1)
    return at < 0
  })
}

const brief = (lines: string[]): string => lines.slice(0, 3).map((line) => line.slice(0, 400)).join(' | ')

/**
 * In which ways one ending is not the other. Others cannot be asked what they know already: a robot that died while it spoke may have said it
 * twice, a photo may be checked twice (and answered twice, the same). A push that died is not tried again.
 */
export const differences = (ending: Ending, expected: Ending): string[] => {
  const faults: string[] = []
  const isCheckedTwice = (line: string) => line.startsWith('photo_checks ') && expected.stored.includes(line)
  const [more, less] = [beyond(ending.stored, expected.stored).filter((line) => !isCheckedTwice(line)), beyond(expected.stored, ending.stored)]
  if (more.length > 0) faults.push(`stored, and should not be: ${brief(more)}`)
  if (less.length > 0) faults.push(`not stored: ${brief(less)}`)
  const [twice, never] = [beyond(ending.told, expected.told), beyond(expected.told, ending.told)]
  if (twice.length > 0) faults.push(`told without need: ${brief(twice)}`)
  if (never.length > 0) faults.push(`never told: ${brief(never)}`)
  const sentTwice = beyond(ending.sent, expected.sent)
  if (sentTwice.length > 0) faults.push(`sent without need: ${brief(sentTwice)}`)
  const unheard = expected.group.filter((text) => !ending.group.includes(text))
  const tooOften = beyond(ending.group, [...expected.group, ...expected.group])
  if (unheard.length > 0) faults.push(`the group never heard: ${brief(unheard)}`)
  if (tooOften.length > 0) faults.push(`the group heard without need: ${brief(tooOften)}`)
  return [...faults, ...ending.unwatched]
}
