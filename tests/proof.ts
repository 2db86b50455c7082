// `npm run proof -- <name> [arguments]`: a generated fault matrix or a long random run, one file each in tests/proofs.
import fs from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { buildFunctions } from '../cloudfunctions/build'
import { inRoot } from '../tools/root'

export type Proof = {
  /** A cell is one combination tried; a wrong one ended in a state that must not exist. */
  run(args: string[]): Promise<{ cells: number; wrong: number }>
}

const folder = inRoot('tests/proofs')

const run = async (): Promise<number> => {
  const known = fs.existsSync(folder) ? fs.readdirSync(folder).filter((file) => file.endsWith('.ts')).map((file) => path.basename(file, '.ts')) : []
  const [name, ...args] = process.argv.slice(2)
  if (!name || !known.includes(name)) {
    console.error(`Which proof? ${known.join(', ') || 'There is none yet.'}`)
    return 1
  }
  await buildFunctions()
  const proof = (await import(pathToFileURL(path.join(folder, `${name}.ts`)).href)) as Proof
  const { cells, wrong } = await proof.run(args)
  console.log(`cells ${cells}, wrong ${wrong}`)
  return wrong > 0 || cells === 0 ? 1 : 0
}

run().then(
  (code) => process.exit(code),
  (failure: Error) => {
    console.error(failure.stack)
    process.exit(1)
  },
)
