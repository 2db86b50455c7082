// `npm test`: everything that must hold, in one go. `npm test -- <pattern>` runs only the test files whose path matches.
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
  const { code, output } = await runNode(['--import', 'tsx', inRoot('tests/wechat-compiler/gate.ts')], { quiet: true })
  console.log(output.trimEnd())
  if (code !== 0) throw new Error("WeChat's compiler, or what it measured, says no")
}

/** What waits for the network, or for one processor, goes beside what can use the other. */
const everything = async (): Promise<Outcome[]> => [
  ...(await Promise.all([
    step('tools that only tests need', () => installFolder(compilerFolder, "WeChat's compiler")),
    step('types', checkTypes),
    step('lint', lint),
  ])),
  await step('build', build),
  await step('tests', () => runTests(['node', 'page'])),
  ...(await Promise.all([step('journeys', journeys), step("WeChat's compiler", compileAsWeChat)])),
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
