import type { ServiceError } from '../services/cloud'
import { asServiceError } from '../services/cloud'
import { forget, recall, remember } from './storage'

export type LoadState = 'loading' | 'ready' | 'failed'

const key = (name: string): string => `cached.${name}`

/**
 * Shows last time's copy at once, when there is one, and then the fresh one.
 * Answers the failure when the fresh one did not come: the copy then stays on the screen, and the page says that it is old.
 */
export const showCachedThenFresh = async <T>(
  name: string,
  page: { state: LoadState; load: () => Promise<T>; show: (value: T) => void },
): Promise<ServiceError | null> => {
  const copy = page.state === 'ready' ? null : recall<T>(key(name))
  if (copy) page.show(copy)
  try {
    const fresh = await page.load()
    remember(key(name), fresh)
    page.show(fresh)
    return null
  } catch (error) {
    const failure = asServiceError(error)
    // What the server no longer lets this person see must not stay behind on the phone.
    if (failure.code === 'FORBIDDEN' || failure.code === 'NOT_FOUND' || failure.code === 'NOT_SIGNED_IN') forget(key(name))
    return failure
  }
}

/** What a page says of a load: nothing when it came, a note above what is already shown, or a failure with a retry. */
export const afterLoad = (failure: ServiceError | null, state: LoadState): { state: LoadState; failure: string; staleNote: string } => {
  if (!failure) return { state: 'ready', failure: '', staleNote: '' }
  if (state === 'ready') return { state, failure: '', staleNote: `${failure.message}（下面是上次的内容）` }
  return { state: 'failed', failure: failure.message, staleNote: '' }
}
