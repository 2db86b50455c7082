/** Whoever writes: a transaction until it ends, or a single write until it is durable. */
export type Owner = { keys: Set<string>; waiting: (() => void)[] }

export const newOwner = (): Owner => ({ keys: new Set(), waiting: [] })

/** Who may write which document, and which value of a unique index. Waiters queue on the owner and wake in the order they came. */
export class Locks {
  readonly #held = new Map<string, Owner>()

  otherOwner(keys: Iterable<string>, owner: Owner): Owner | undefined {
    if (this.#held.size === 0) return undefined
    for (const key of keys) {
      const holder = this.#held.get(key)
      if (holder && holder !== owner) return holder
    }
    return undefined
  }

  take(keys: Iterable<string>, owner: Owner): void {
    for (const key of keys) {
      this.#held.set(key, owner)
      owner.keys.add(key)
    }
  }

  release(owner: Owner): void {
    for (const key of owner.keys) this.#held.delete(key)
    owner.keys.clear()
    for (const wake of owner.waiting.splice(0)) wake()
  }
}

/** Resolves true when the owner lets go, false after `ms`. */
export const waitForRelease = (owner: Owner, ms: number): Promise<boolean> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms)
    owner.waiting.push(() => {
      clearTimeout(timer)
      resolve(true)
    })
  })
