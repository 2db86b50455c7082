type Listener = (...values: unknown[]) => void

/** What an opened page and its opener talk through. */
export class EventChannel {
  private readonly listeners = new Map<string, { listener: Listener; isOnce: boolean }[]>()

  emit(name: string, ...values: unknown[]): void {
    const all = this.listeners.get(name) ?? []
    this.listeners.set(name, all.filter(({ isOnce }) => !isOnce))
    for (const { listener } of all) listener(...values)
  }

  on(name: string, listener: Listener): void {
    this.add(name, listener, false)
  }

  once(name: string, listener: Listener): void {
    this.add(name, listener, true)
  }

  off(name: string, listener?: Listener): void {
    this.listeners.set(name, listener ? (this.listeners.get(name) ?? []).filter((each) => each.listener !== listener) : [])
  }

  private add(name: string, listener: Listener, isOnce: boolean): void {
    this.listeners.set(name, [...(this.listeners.get(name) ?? []), { listener, isOnce }])
  }
}
