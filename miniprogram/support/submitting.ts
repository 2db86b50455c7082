import type { ServiceError } from '../services/cloud'
import { asServiceError } from '../services/cloud'
import { closeIntention, requestIdFor } from './request-id'

type Shown = { isBusy?: boolean; refusal?: string; errors?: Record<string, string> }
type SubmittingPage = { data: { isBusy: boolean }; setData(shown: Shown): void }

/** Nothing wrong yet, nothing under way: how a form starts. */
export const calm = { isBusy: false, refusal: '', errors: {} as Record<string, string> }

/**
 * Sends what somebody decided, under one request id until it succeeds; a second tap meanwhile does nothing. Answers the reply, or null
 * after a refusal, which the page then shows in the server's words; `onRefused` hears of it, for what must be asked anew.
 */
export const submit = async <T>(
  page: SubmittingPage,
  intention: string,
  run: (requestId: string) => Promise<T>,
  onRefused: (refusal: ServiceError) => void = () => undefined,
): Promise<T | null> => {
  if (page.data.isBusy) return null
  page.setData({ isBusy: true, refusal: '', errors: {} })
  try {
    const reply = await run(requestIdFor(intention))
    closeIntention(intention)
    return reply
  } catch (error) {
    const refusal = asServiceError(error)
    page.setData({ refusal: refusal.message, errors: refusal.fields })
    onRefused(refusal)
    return null
  } finally {
    page.setData({ isBusy: false })
  }
}
