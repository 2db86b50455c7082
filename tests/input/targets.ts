import fs from 'node:fs'
import { createRequire } from 'node:module'
import type * as z from 'zod'
import type { Contract } from '../../cloudfunctions/_shared/contract'
import { inRoot } from '../../tools/root'

/** One action of one function: whatever is added to a contract is tried as well. */
export type Target = { name: string; action: string; input: z.ZodType }

const load = createRequire(__filename)
const folder = inRoot('cloudfunctions')

export const targets: Target[] = fs.readdirSync(folder)
  .filter((name) => fs.existsSync(inRoot('cloudfunctions', name, 'contract.ts')) && name !== '_shared')
  .flatMap((name) => {
    const { contract } = load(inRoot('cloudfunctions', name, 'contract.ts')) as { contract: Contract }
    return Object.entries(contract).map(([action, { input }]) => ({ name, action, input }))
  })
