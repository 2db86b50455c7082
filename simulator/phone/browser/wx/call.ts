export type Options = Record<string, unknown> & {
  success?: (result: never) => void
  fail?: (failure: never) => void
  complete?: (result: never) => void
}
type Api = (options?: Options) => unknown

/** A refusal with WeChat's words behind `fail` and, where it has one, its number. */
export class Refusal extends Error {
  constructor(
    message: string,
    readonly errCode?: number,
    readonly errno?: number,
  ) {
    super(message)
  }
}

/**
 * WeChat's calling convention: callbacks when one is given, else a promise; `errMsg` says `name:ok` or `name:fail …`.
 */
export const api =
  <Given extends object = Options>(name: string, run: (options: Given) => unknown): Api =>
  (options = {}) => {
    const { success, fail, complete } = options as {
      success?: (r: unknown) => void
      fail?: (r: unknown) => void
      complete?: (r: unknown) => void
    }
    const settled = settle(name, () => run(options as Given)).then(
      (result) => {
        success?.(result)
        complete?.(result)
        return result
      },
      (failure: unknown) => {
        fail?.(failure)
        complete?.(failure)
        throw failure
      },
    )
    if (!success && !fail && !complete) return settled
    settled.catch((failure: unknown) => {
      // An exception inside a callback is the caller's, not the API's.
      if (failure instanceof Error) reportError(failure)
    })
    return undefined
  }

const settle = async (name: string, run: () => unknown): Promise<Record<string, unknown>> => {
  try {
    const result = await run()
    return { errMsg: `${name}:ok`, ...(result as object | undefined) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const { errCode, errno } = error as Partial<Refusal>
    throw { errMsg: `${name}:fail ${reason}`, ...(errCode !== undefined && { errCode }), ...(errno !== undefined && { errno }) }
  }
}

/** Listeners of one `wx.onX` / `wx.offX` pair. */
export const createListeners = <Value>() => {
  const listeners = new Set<(value: Value) => void>()
  return {
    on: (listener: (value: Value) => void) => void listeners.add(listener),
    off: (listener?: (value: Value) => void) => void (listener ? listeners.delete(listener) : listeners.clear()),
    tell: (value: Value) => listeners.forEach((listener) => listener(value)),
  }
}

export const nothing = (name: string): Api => api(name, () => undefined)
