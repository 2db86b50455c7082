import { wrongAfterDeath } from '../house-import/imports'
import { openVillage } from '../support/village'

const calls = 28
const transactionMs = 2_000

/** Lets the import of houses die before and after every one of its calls, and looks at what became of it. A cell is a death. */
export const run = async (): Promise<{ cells: number; wrong: number }> => {
  const village = await openVillage({ database: { transactionMs } })
  let [cells, wrong] = [0, 0]
  try {
    for (const moment of ['beforeCall', 'afterCall'] as const) {
      for (let call = 1; call <= calls; call += 1) {
        const complaints = await wrongAfterDeath(village, { moment, call, transactionMs })
        cells += 1
        wrong += complaints.length > 0 ? 1 : 0
        for (const complaint of complaints) process.stdout.write(`${moment} ${call}: ${complaint}\n`)
      }
    }
  } finally {
    await village.close()
  }
  return { cells, wrong }
}
