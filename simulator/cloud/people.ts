import { inventPhone } from './platform'
import type { Person } from './cloud'
import type { Records } from './records'

export type People = {
  list: () => Person[]
  replace: (people: Person[]) => Promise<void>
  phoneOf: (openid: string) => string
  /** WeChat knows the openids of those who have used the mini-program. */
  isKnown: (openid: string) => boolean
  /** Remembers that somebody used the mini-program just now. */
  see: (openid: string) => void
  /** Content checks are made only for people active within two hours. */
  wasSeenWithin: (openid: string, milliseconds: number) => boolean
}

export const openPeople = (records: Records, now: () => number): People => {
  const stored = records.table<Person>('people')
  const seenAt = new Map<string, number>()
  const find = (openid: string): Person | undefined => stored.values().find((person) => person.openid === openid)
  return {
    list: () => stored.values(),
    replace: async (people) => {
      seenAt.clear()
      await stored.clear()
      await Promise.all(people.map((person, index) => stored.put(String(index).padStart(6, '0'), person)))
    },
    phoneOf: (openid) => find(openid)?.phone ?? inventPhone(openid),
    isKnown: (openid) => seenAt.has(openid) || find(openid) !== undefined,
    see: (openid) => void seenAt.set(openid, now()),
    wasSeenWithin: (openid, milliseconds) => now() - (seenAt.get(openid) ?? Number.NEGATIVE_INFINITY) <= milliseconds,
  }
}
