// WeChat's own compiler over the mini-program, without an account: what it refuses, what it would upload, and how large that is.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { inRoot, root } from '../../tools/root'
import { runNode } from '../support/steps'
import { breakages, layOut } from './breakages'
import { type Compiled, complaintsAbout, packagesOf } from './judge'

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'linli-wechat-'))

const compile = async (project: string, name: string): Promise<Compiled> => {
  const report = path.join(scratch, `${name}.json`)
  const { output } = await runNode(['--import', 'tsx', inRoot('tests/wechat-compiler/compile.ts'), project, report], { quiet: true })
  if (!fs.existsSync(report)) throw new Error(`WeChat's compiler ended without a word:\n${output}`)
  return JSON.parse(fs.readFileSync(report, 'utf8')) as Compiled
}

/** A gate that lets everything through looks like a good gate: each kind of breakage must be refused, and a good one accepted. */
const proveTheGate = async (): Promise<string[]> => {
  const wrong: string[] = []
  for (const { name, files, complaint } of breakages) {
    const project = path.join(scratch, name)
    layOut(project, files)
    const complaints = complaintsAbout(await compile(project, name)).join('\n')
    if (complaint ? !complaint.test(complaints) : complaints !== '') wrong.push(`the gate does not work: "${name}" gives "${complaints}"`)
  }
  return wrong
}

const judge = async (): Promise<string[]> => {
  const compiled = await compile(root, 'linli')
  if ('files' in compiled) {
    for (const { name, bytes, limit } of packagesOf(compiled.files)) {
      console.log(`${(bytes / 1024).toFixed(0).padStart(6)} KB of ${limit / 1024}  ${name}`)
    }
  }
  return complaintsAbout(compiled)
}

const run = async () => {
  const complaints = (await Promise.all([judge(), proveTheGate()])).flat()
  fs.rmSync(scratch, { recursive: true })
  for (const complaint of complaints) console.log(complaint)
  process.exit(complaints.length > 0 ? 1 : 0)
}

run().catch((failure: Error) => {
  console.error(failure.stack)
  process.exit(1)
})
