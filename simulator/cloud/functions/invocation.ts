import type { DeployedFunction } from './deployed-functions'

/** One run of a function, as the platform knows it. Its token is how a call to the gateway says which run it comes from. */
export type Invocation = {
  requestId: string
  token: string
  deployed: DeployedFunction
  /** The call chain: `wx_client`, `wx_client,scf`, `wx_trigger` … */
  source: string
  openid: string | undefined
  /** Platform calls made so far. */
  calls: number
  /** Kills the process it runs in; set once it runs. */
  kill: () => void
}

export type FailureKind = 'not-found' | 'thrown' | 'timeout' | 'crashed'

/** A function that did not answer. `details` is the platform's JSON about an exception, or a sentence. */
export class FunctionFailure extends Error {
  constructor(readonly kind: FailureKind, readonly requestId: string, readonly details: string) {
    super(details)
    this.name = 'FunctionFailure'
  }
}
