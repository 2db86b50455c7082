// `npm test`: everything that must hold, in one go. `npm test -- <pattern>` runs only the test files whose path matches.
import fs from 'node:fs'
import { installFolder } from '../tools/install'
import { inRoot } from '../tools/root'
import { findBrowser } from './support/browser'
import { build, checkTypes, runTests, lint, type Outcome, runNode, sentence, step, total } from './support/steps'

const compilerFolder = inRoot('tools/wechat-ci')

const journeys = async (): Promise<Outcome> => {
  const browser = await findBrowser()
  return runTests(['journey'], { workers: 1, env: { LINLI_BROWSER_LAUNCH: JSON.stringify(browser) } })
}

const compileAsWeChat = async (): Promise<void> => {
  const { code } = await runNode(['--import', 'tsx', inRoot('tests/wechat-compiler/gate.ts')])
  if (code !== 0) throw new Error("WeChat's compiler, or what it measured, says no")
}

const everything = async (): Promise<Outcome[]> => [
  await step('tools that only tests need', () => installFolder(compilerFolder, "WeChat's compiler")),
  await step('types', checkTypes),
  await step('lint', lint),
  await step('build', build),
  await step('tests', () => runTests(['node', 'page'])),
  ...(fs.existsSync(inRoot('tests/journeys')) ? [await step('journeys', journeys)] : []),
  await step("WeChat's compiler", compileAsWeChat),
]

const some = async (patterns: string[]): Promise<Outcome[]> => [
  await step('build', build),
  await step(`tests matching ${patterns.join(' ')}`, () => runTests(['node', 'page', 'journey'], { patterns })),
]

const run = async () => {
  const started = performance.now()
  const patterns = process.argv.slice(2)
  const outcome = total(patterns.length > 0 ? await some(patterns) : await everything())
  console.log(`\nin ${((performance.now() - started) / 1000).toFixed(0)} s`)
  console.log(sentence(outcome))
  process.exitCode = outcome.failed > 0 ? 1 : 0
}

void run()
