import { minutes } from './clock'

/** From then on a person should look at a job: it is still tried, every four hours. */
export const stuckAfterAttempts = 10
/** It was due that long ago, and nobody took it. */
export const stuckAfterMs = minutes(60)
