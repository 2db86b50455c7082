import type { Brand, House, Session } from '../../cloudfunctions/members/contract'
import { createSignal } from './signal'
import { copyKey, forgetAll, recall, remember } from './storage'

const sessionKey = copyKey('session')
const houseKey = 'house'

/** The session the server answered last. The tab bar and the pages watch it; the server judges every call again. */
export const session = createSignal<Session | null>(recall<Session>(sessionKey))
export const unreadCount = createSignal(0)
/** How many more subscription messages may be sent to this person: 「还能通知您 2 次」 */
export const quotaCount = createSignal(session.get()?.quotaCount ?? 0)

export const rememberSession = (next: Session): void => {
  remember(sessionKey, next)
  session.set(next)
  quotaCount.set(next.quotaCount)
}

/** A FORBIDDEN on the desk: the post has ended, and the tab goes with it. */
export const forgetPost = (): void => {
  const current = session.get()
  if (current) rememberSession({ ...current, post: null })
}

/** Subscription templates to offer at a submit or confirm tap. */
export const templateIds = (): string[] => session.get()?.templateIds ?? []
export const brand = (): Brand | null => session.get()?.brand ?? null
export const houses = (): House[] => session.get()?.houses ?? []

/** The house the person looked at last, as long as it is still theirs. */
export const selectedHouse = (): House | null => {
  const chosen = recall<string>(houseKey)
  return houses().find((house) => house.houseId === chosen) ?? houses()[0] ?? null
}

export const selectHouse = (houseId: string): void => remember(houseKey, houseId)

/** Of an account that is gone nothing stays on the phone either. */
export const forgetPerson = (): void => {
  forgetAll()
  session.set(null)
  unreadCount.set(0)
}
