// `npm run check`: what is green at every commit. No cloud is started and no browser.
import { build, checkTypes, runTests, lint, sentence, step, total } from './support/steps'

const withoutCloud = ['-rules\\.test\\.ts$', '-view\\.test\\.ts$', '-page\\.test\\.ts$', 'tests/architecture/']

const run = async () => {
  const outcome = total([
    await step('types', checkTypes),
    await step('lint', lint),
    await step('build', build),
    await step('rules, pages and architecture', () => runTests(['node', 'page'], { patterns: withoutCloud })),
  ])
  console.log(`\n${sentence(outcome)}`)
  process.exitCode = outcome.failed > 0 ? 1 : 0
}

void run()
