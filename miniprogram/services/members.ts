import type { MembersContract } from '../../cloudfunctions/members/contract'
import { rememberSession } from '../support/session'
import { cloudFunction } from './cloud'

const members = cloudFunction<MembersContract>('members')

export const refreshSession = async () => {
  const session = await members('session', {})
  rememberSession(session)
  return session
}
