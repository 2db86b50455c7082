import type { HouseImport } from '../../../cloudfunctions/house-import/contract'
import { asServiceError } from '../../services/cloud'
import { advanceImport } from '../../services/house-import'

const pause = 700
const pauseAfterFailure = 5_000

/** Drives a running import on, one part after another, until it is told to stop; each part's answer goes to `tell`. A lost call is tried again. */
export const keepAdvancing = (importId: string, tell: (next: HouseImport) => void, refused: (message: string) => void): (() => void) => {
  let isStopped = false
  const advance = async (): Promise<void> => {
    if (isStopped) return
    try {
      const reply = await advanceImport(importId)
      if (isStopped) return
      refused('')
      tell(reply.import)
    } catch (error) {
      if (isStopped) return
      refused(asServiceError(error).message)
      setTimeout(() => void advance(), pauseAfterFailure)
    }
  }
  setTimeout(() => void advance(), pause)
  return () => {
    isStopped = true
  }
}
