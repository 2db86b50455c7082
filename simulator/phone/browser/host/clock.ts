const RealDate = Date
let offset = Number(document.documentElement.dataset.now ?? RealDate.now()) - RealDate.now()

/** The phone's clock is the cloud's: tests set both at once. `Date` itself is replaced, since the mini-program asks nothing else. */
class PhoneDate extends RealDate {
  constructor(...parts: unknown[]) {
    if (parts.length === 0) super(PhoneDate.now())
    else super(...(parts as [number]))
  }
  static override now(): number {
    return RealDate.now() + offset
  }
}

export const followClock = (now: number): void => {
  offset = now - RealDate.now()
}

export const installClock = (): void => {
  globalThis.Date = new Proxy(PhoneDate, { apply: () => new PhoneDate().toString() }) as unknown as DateConstructor
}
