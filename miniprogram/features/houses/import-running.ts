import type { HouseImport } from '../../../cloudfunctions/house-import/contract'
import { asServiceError } from '../../services/cloud'
import { advanceImport, getImport } from '../../services/house-import'

const pause = 700
const pauseAfterFailure = 5_000

type Tell = (next: HouseImport) => void

/** Awaits a call that works on an import, which takes seconds, and tells meanwhile how far it has come: somebody watches a bar. */
export const watchWhile = async <T>(importId: string, work: Promise<T>, tell: Tell): Promise<T> => {
  let isOver = false
  const look = async (): Promise<void> => {
    if (isOver) return
    // What could not be asked now is asked again; the call itself says what is wrong.
    const reply = await getImport(importId).catch(() => null)
    if (isOver) return
    if (reply) tell(reply.import)
    setTimeout(() => void look(), pause)
  }
  setTimeout(() => void look(), pause)
  try {
    return await work
  } finally {
    isOver = true
  }
}

type Told = { progress: Tell; answer: Tell; refused: (message: string) => void }

/** Drives a running import on, one part after another, until it is told to stop. A lost call is tried again. */
export const keepAdvancing = (importId: string, { progress, answer, refused }: Told): (() => void) => {
  let isStopped = false
  const advance = async (): Promise<void> => {
    if (isStopped) return
    try {
      const reply = await watchWhile(importId, advanceImport(importId), (next) => !isStopped && progress(next))
      if (isStopped) return
      refused('')
      answer(reply.import)
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
