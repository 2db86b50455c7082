const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

export const randomWord = (length: number): string =>
  Array.from({ length }, () => alphabet[Math.floor(Math.random() * alphabet.length)]).join('')

export const createRequestId = (): string => randomWord(24)

const open = new Map<string, string>()

/** One id per intention until it succeeds: a double tap or a retry after a lost reply then happens once. */
export const requestIdFor = (intention: string): string => {
  const known = open.get(intention) ?? createRequestId()
  open.set(intention, known)
  return known
}

export const closeIntention = (intention: string): void => void open.delete(intention)
