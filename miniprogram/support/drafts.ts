import { forget, recall, remember } from './storage'

const key = (name: string): string => `draft.${name}`

/** What somebody has begun to write. It outlives the page, a killed app and a failed submit; success clears it. */
export const readDraft = <T>(name: string): T | null => recall<T>(key(name))
export const saveDraft = (name: string, draft: unknown): void => remember(key(name), draft)
export const clearDraft = (name: string): void => forget(key(name))
