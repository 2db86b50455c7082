import type { HouseChoice } from '../../../cloudfunctions/houses/contract'
import { asServiceError } from '../../services/cloud'
import { findHouses } from '../../services/houses'

const typingPause = 300

type Found = { found: HouseChoice[]; foundHint: string }
export const nothingFound: Found = { found: [], foundHint: '' }

const find = async (communityId: string, text: string): Promise<Found> => {
  if (!text.trim()) return nothingFound
  try {
    const { houses } = await findHouses(communityId, text)
    return { found: houses, foundHint: houses.length > 0 ? '' : '没有找到，换个写法试试，例如 3-2-501' }
  } catch (error) {
    return { found: [], foundHint: asServiceError(error).message }
  }
}

/** Looks for houses while somebody types, once they pause; answers to an earlier text never overwrite those to a later one. */
export const createFinder = (tell: (found: Found) => void) => {
  let turn = 0
  let forget = (): void => undefined
  const search = async (communityId: string, text: string): Promise<void> => {
    const mine = ++turn
    const found = await find(communityId, text)
    if (mine === turn) tell(found)
  }
  return {
    type: (communityId: string, text: string): void => {
      forget()
      const timer = setTimeout(() => void search(communityId, text), typingPause)
      forget = () => clearTimeout(timer)
    },
    stop: (): void => {
      turn++
      forget()
    },
  }
}
