import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import * as z from 'zod'

/** JSON Schema of what an action takes and what it answers, by function and action. */
export type DescribedContracts = Record<string, Record<string, { input: object; output: object }>>

const load = createRequire(__filename)
type Contract = Record<string, { input: z.ZodType; output: z.ZodType }>

/** Every contract of a `cloudfunctions` folder, as data that outlives its code. */
export const describeContracts = (folder: string): DescribedContracts => {
  const named = fs.readdirSync(folder).filter((name) => name !== '_shared' && fs.existsSync(path.join(folder, name, 'contract.ts'))).sort()
  return Object.fromEntries(named.map((name) => {
    const { contract } = load(path.join(folder, name, 'contract.ts')) as { contract: Contract }
    const actions = Object.entries(contract).map(([action, { input, output }]) => [action, {
      input: z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }),
      output: z.toJSONSchema(output, { io: 'output', unrepresentable: 'any' }),
    }])
    return [name, Object.fromEntries(actions) as DescribedContracts[string]]
  }))
}
