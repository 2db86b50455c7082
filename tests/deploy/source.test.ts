import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { planSource, readSource, type Source } from '../../tools/deploy/source'
import { demonstration, openDeployer, production } from './deploying'

const dirty: Source = { isClean: false, isOnMain: true }
const aside: Source = { isClean: true, isOnMain: false }
const good: Source = { isClean: true, isOnMain: true }
const development = { ...production, kind: 'development' as const }

describe('what may be deployed', () => {
  it.each<[string, typeof production, Source, boolean, string[]]>([
    ['a clean commit of main to production', production, good, false, []],
    ['changes in no commit to production', production, dirty, false, ['There are changes here that are in no commit']],
    ['a commit that is not on main to production', production, aside, false, ['This commit is not on main']],
    ['both', production, { isClean: false, isOnMain: false }, false, ['There are changes here', 'This commit is not on main']],
    ['what no repository knows to production', production, null, false, ['Production is deployed from a git checkout']],
    ['anything to production with --allow-dirty', production, good, true, ['--allow-dirty is for trying things out']],
    ['a commit of a branch to a trial environment', development, aside, false, []],
    ['changes in no commit to a trial environment', demonstration, dirty, false, ['There are changes here that are in no commit']],
    ['the same with --allow-dirty', demonstration, dirty, true, []],
    ['what no repository knows to a trial environment', development, null, false, []],
  ])('%s', (_, environment, source, allowsDirty, sentences) => {
    const { blocks, steps } = planSource(environment, source, allowsDirty)
    expect(steps).toEqual([])
    expect(blocks.map((block, i) => block.startsWith(sentences[i]!))).toEqual(sentences.map(() => true))
  })

  it('stops a deployment before anything is touched, and a dry run says so', async () => {
    const place = openDeployer()
    expect(await place.run({}, { source: dirty })).toMatch(/^There are changes here that are in no commit/)
    expect(place.online.calls).toEqual([])
    expect(await place.run({ isDryRun: true }, { source: aside })).toBeGreaterThan(50)
    expect(place.printed.join('\n')).toContain('Stops: This commit is not on main')
  })
})

describe('what git says', () => {
  let folder: string
  const git = (...args: string[]) => execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { stdio: 'ignore' })
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'linli-source-'))
  })
  afterEach(() => fs.rmSync(folder, { recursive: true }))

  it('is nothing outside of a repository', () => {
    expect(readSource(folder)).toBeNull()
  })

  it('tells a changed or added file, and whether main has the commit, also of one that main has left behind', () => {
    git('init', '-b', 'main')
    git('commit', '--allow-empty', '-m', 'one')
    expect(readSource(folder)).toEqual(good)
    fs.writeFileSync(path.join(folder, 'new.txt'), '1')
    expect(readSource(folder)).toEqual(dirty)
    git('add', '.')
    git('commit', '-m', 'two')
    git('checkout', '-b', 'aside')
    git('commit', '--allow-empty', '-m', 'three')
    expect(readSource(folder)).toEqual(aside)
    git('checkout', 'main~1')
    expect(readSource(folder)).toEqual(good)
  })
})
