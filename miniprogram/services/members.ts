import type { MembersContract } from '../../cloudfunctions/members/contract'
import { rememberSession, session } from '../support/session'
import { cloudFunction } from './cloud'

const members = cloudFunction<MembersContract>('members')

export const refreshSession = async () => {
  const fresh = await members('session', {})
  rememberSession(fresh)
  return fresh
}

/** For a page that may be opened from a message, before the home page ever was. */
export const ensureSession = () => session.get() ?? refreshSession()
