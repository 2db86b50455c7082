/** A value that tells those who watch it when it changes: the tab bar and the pages live apart and share a few facts. */
type Signal<T> = { get(): T; set(value: T): void; watch(listener: (value: T) => void): () => void }

export const createSignal = <T>(initial: T): Signal<T> => {
  let current = initial
  const listeners = new Set<(value: T) => void>()
  return {
    get: () => current,
    set: (value) => {
      current = value
      listeners.forEach((listener) => listener(value))
    },
    watch: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
