import fs from 'node:fs'
import { createRequire } from 'node:module'
import type * as z from 'zod'
import type { Contract } from '../../cloudfunctions/_shared/contract'
import { inRoot } from '../../tools/root'
import type { Village } from '../support/village'

/** One action of one function: whatever is added to a contract is tried as well. */
export type Target = { name: string; action: string; input: z.ZodType }

/** A call that is answered with a success, at least when it comes first. */
export type Likely = { who: string; input: Record<string, unknown> }
/** By action: makes true what a call needs, as people would, and says how it is made. */
export type LikelyCalls = Record<string, (village: Village) => Likely[] | Promise<Likely[]>>

const load = createRequire(__filename)
const folder = inRoot('cloudfunctions')

export const targets: Target[] = fs.readdirSync(folder)
  .filter((name) => fs.existsSync(inRoot('cloudfunctions', name, 'contract.ts')) && name !== '_shared')
  .flatMap((name) => {
    const { contract } = load(inRoot('cloudfunctions', name, 'contract.ts')) as { contract: Contract }
    return Object.entries(contract).map(([action, { input }]) => ({ name, action, input }))
  })
