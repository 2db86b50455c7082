import { spawnSync } from 'node:child_process'
import { inRoot } from '../root'
import type { Environment } from './environments'
import { emptyPlan, type Plan } from './plan'

/** What git says of what is deployed; null outside of a repository. */
export type Source = { isClean: boolean; isOnMain: boolean } | null

const git = (folder: string, ...args: string[]) => spawnSync('git', ['-C', folder, ...args], { encoding: 'utf8' })

export const readSource = (folder = inRoot()): Source => {
  const changes = git(folder, 'status', '--porcelain')
  if (changes.status !== 0) return null
  const isOnMain = ['main', 'origin/main'].some((branch) => git(folder, 'merge-base', '--is-ancestor', 'HEAD', branch).status === 0)
  return { isClean: changes.stdout === '', isOnMain }
}

/** Where people live, only what everybody can find again may run. */
const blocksOfProduction = (source: Source, allowsDirty: boolean): string[] => {
  if (allowsDirty) return ['--allow-dirty is for trying things out. Production is made from a commit on main: leave the word out.']
  if (!source) return ['Production is deployed from a git checkout: otherwise nobody could say later what runs there, nor go back to it. Clone the repository and run again.']
  return [
    ...(source.isClean ? [] : ['There are changes here that are in no commit (git status names them). What runs in production must be found again: commit them, or try them with --env development --allow-dirty.']),
    ...(source.isOnMain ? [] : ['This commit is not on main. Merge it into main first, so that the next deployment does not take it away again; then run again from there.']),
  ]
}

export const planSource = ({ kind }: Environment, source: Source, allowsDirty: boolean): Plan => ({
  ...emptyPlan(),
  blocks: kind === 'production'
    ? blocksOfProduction(source, allowsDirty)
    : source && !source.isClean && !allowsDirty
      ? ['There are changes here that are in no commit (git status names them). Commit them, or say --allow-dirty to try them out.']
      : [],
})
