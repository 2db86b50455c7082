import { readConfiguration } from '../_shared/configuration'
import type { Situation } from '../_shared/serve'
import type { Session } from './contract'
import { configurationIdFor, sessionOf } from './session'

export const session = async (_: object, { caller, now }: Situation): Promise<Session> =>
  sessionOf(caller, await readConfiguration(configurationIdFor(caller)), now)
