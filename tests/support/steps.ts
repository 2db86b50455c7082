// The steps of `npm test` and `npm run check`: each prints its name, what it says, and how long it took.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { inRoot, root } from '../../tools/root'

export type Outcome = { passed: number; failed: number; skipped: number }
type Finished = { code: number; output: string }

const module = (...parts: string[]) => inRoot('node_modules', ...parts)

/** Runs a Node program from the project's folder; prints what it says as it says it, unless `quiet`. */
export const runNode = (args: string[], { quiet = false, env = {} }: { quiet?: boolean; env?: Record<string, string> } = {}): Promise<Finished> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit'] })
    let output = ''
    const collect = (chunk: Buffer) => {
      output += chunk.toString()
    }
    child.stdout?.on('data', collect)
    child.stderr?.on('data', collect)
    child.once('error', reject)
    child.once('close', (code) => resolve({ code: code ?? 1, output }))
  })

const seconds = (since: number) => `${((performance.now() - since) / 1000).toFixed(1)} s`

/** One step. Whatever it throws is printed and counts as one failure, so that the steps after it still have their say. */
export const step = async (name: string, work: () => Promise<Outcome | void>): Promise<Outcome> => {
  const started = performance.now()
  console.log(`\n▸ ${name}`)
  const outcome = await work().catch((failure: Error): Outcome => {
    console.log(failure.message)
    return { passed: 0, failed: 1, skipped: 0 }
  })
  const counted = outcome ?? { passed: 1, failed: 0, skipped: 0 }
  console.log(`${counted.failed > 0 ? '✗' : '✓'} ${name} · ${seconds(started)}`)
  return counted
}

export const total = (outcomes: Outcome[]): Outcome => ({
  passed: outcomes.reduce((sum, one) => sum + one.passed, 0),
  failed: outcomes.reduce((sum, one) => sum + one.failed, 0),
  skipped: outcomes.reduce((sum, one) => sum + one.skipped, 0),
})

export const sentence = ({ passed, failed, skipped }: Outcome): string =>
  `Tests: ${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`

const projects = ['tsconfig.json', 'miniprogram/tsconfig.json', 'simulator/phone/browser/tsconfig.json', 'tests/tsconfig.phone.json', 'tests/tsconfig.browser.json', 'tests/tsconfig.fixture.json']

export const checkTypes = async (): Promise<void> => {
  const results = await Promise.all(
    projects.map((project) => {
      const memory = inRoot('node_modules/.cache/linli', `${project.replaceAll('/', '-')}.tsbuildinfo`)
      return runNode([module('typescript/bin/tsc'), '--noEmit', '--pretty', 'false', '--incremental', '--tsBuildInfoFile', memory, '-p', project], { quiet: true })
    }),
  )
  if (results.some((one) => one.code !== 0)) throw new Error(results.map((one) => one.output).join('').trimEnd())
}

export const lint = async (): Promise<void> => {
  const cache = ['--cache', '--cache-strategy', 'content', '--cache-location', inRoot('node_modules/.cache/linli/eslint')]
  const { code } = await runNode([module('eslint/bin/eslint.js'), '.', '--max-warnings', '0', ...cache])
  if (code !== 0) throw new Error('eslint has complaints')
}

export const build = async (): Promise<void> => {
  const { code } = await runNode(['--import', 'tsx', inRoot('tools/build.ts')])
  if (code !== 0) throw new Error('the build failed')
}

type JestResult = { numPassedTests: number; numFailedTests: number; numPendingTests: number; numTodoTests: number; numRuntimeErrorTestSuites: number; success: boolean }

/** Counts from jest's own report: a file that does not even load is a failure, and so is a run that leaves no report. */
export const countJest = (result: JestResult | undefined, code: number): Outcome => {
  if (!result) return { passed: 0, failed: 1, skipped: 0 }
  const failed = result.numFailedTests + result.numRuntimeErrorTestSuites
  return {
    passed: result.numPassedTests,
    failed: failed === 0 && (code !== 0 || !result.success) ? 1 : failed,
    skipped: result.numPendingTests + result.numTodoTests,
  }
}

type RunOptions = { patterns?: string[]; args?: string[]; env?: Record<string, string>; workers?: number }

/** Jest on some projects of tests/jest.config.mjs, optionally only on test files whose path matches a pattern. */
export const runTests = async (names: string[], { patterns = [], args = [], env = {}, workers = 2 }: RunOptions = {}): Promise<Outcome> => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'linli-jest-'))
  const report = path.join(folder, 'report.json')
  try {
    const { code } = await runNode(
      [module('jest/bin/jest.js'), '--config', 'tests/jest.config.mjs', '--json', '--outputFile', report, '--selectProjects', ...names, `--maxWorkers=${workers}`, ...args, '--', ...patterns],
      { env },
    )
    return countJest(fs.existsSync(report) ? (JSON.parse(fs.readFileSync(report, 'utf8')) as JestResult) : undefined, code)
  } finally {
    fs.rmSync(folder, { recursive: true })
  }
}
