import type { Output } from '../../cloudfunctions/_shared/contract'
import type { HomeContract } from '../../cloudfunctions/home/contract'
import { rememberSession, unreadCount } from '../support/session'
import { asServiceError, cloudFunction } from './cloud'

const home = cloudFunction<HomeContract>('home')

export type OpenedHome = Output<HomeContract, 'open'>

const open = async (houseId: string | null): Promise<OpenedHome> => {
  const opened = await home('open', houseId ? { houseId } : {})
  rememberSession(opened.session)
  unreadCount.set(opened.unreadCount)
  return opened
}

/** The first screen in one call. A house that is no longer this person's is forgotten, and their first one shown. */
export const openHome = async (houseId: string | null): Promise<OpenedHome> => {
  try {
    return await open(houseId)
  } catch (error) {
    if (houseId && asServiceError(error).code === 'NOT_FOUND') return open(null)
    throw error
  }
}
