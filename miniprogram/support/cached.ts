import type { ServiceError } from '../services/cloud'
import { asServiceError } from '../services/cloud'
import { copyKey, forget, recall, remember } from './storage'

/** `missing`: the server answered, and there is nothing for this person to see; trying again would not help. */
export type LoadState = 'loading' | 'ready' | 'failed' | 'missing'

const isRefused = ({ code }: ServiceError): boolean => code === 'FORBIDDEN' || code === 'NOT_FOUND' || code === 'NOT_SIGNED_IN'

export const forgetCopy = (name: string): void => forget(copyKey(name))

/**
 * Shows last time's copy at once, when there is one, and then the fresh one.
 * Answers the failure when the fresh one did not come: the copy then stays on the screen, and the page says that it is old.
 */
export const showCachedThenFresh = async <T>(
  name: string,
  page: { state: LoadState; load: () => Promise<T>; show: (value: T) => void },
): Promise<ServiceError | null> => {
  const copy = page.state === 'ready' ? null : recall<T>(copyKey(name))
  if (copy) page.show(copy)
  try {
    const fresh = await page.load()
    remember(copyKey(name), fresh)
    page.show(fresh)
    return null
  } catch (error) {
    const failure = asServiceError(error)
    // What the server no longer lets this person see must not stay behind on the phone.
    if (isRefused(failure)) forgetCopy(name)
    return failure
  }
}

/** What a page says of a load: nothing when it came, a note above what is already shown, or a failure with a retry. */
export const afterLoad = (failure: ServiceError | null, state: LoadState): { state: LoadState; failure: string; staleNote: string } => {
  if (!failure) return { state: 'ready', failure: '', staleNote: '' }
  if (isRefused(failure)) return { state: 'missing', failure: failure.message, staleNote: '' }
  if (state === 'ready') return { state, failure: '', staleNote: `${failure.message}（下面是上次的内容）` }
  return { state: 'failed', failure: failure.message, staleNote: '' }
}
