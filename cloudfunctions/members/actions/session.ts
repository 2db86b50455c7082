import { readConfiguration } from '../../_shared/configuration'
import type { Input } from '../../_shared/contract'
import { notFound } from '../../_shared/errors'
import type { Situation } from '../../_shared/serve'
import type { MembersContract, Session } from '../contract'
import { welcome } from '../demonstration'
import { privacyOf } from '../repository'
import { configurationIdFor, sessionOf } from '../session'

export const session = async ({ houseId }: Input<MembersContract, 'session'>, { caller: whoever, now }: Situation): Promise<Session> => {
  const caller = await welcome(whoever, now)
  if (houseId !== undefined && !caller.houses.some((house) => house.houseId === houseId)) throw notFound('套房屋')
  const [configuration, privacy] = await Promise.all([readConfiguration(configurationIdFor(caller, houseId)), privacyOf(caller)])
  return sessionOf(caller, configuration, privacy, now)
}
