import fs from 'node:fs'
import path from 'node:path'

/** What `database-rules/storage.json` lets a phone do with a file by its id. Functions are not asked. */
export type StorageRules = { mayRead: (file: { path: string; openid: string }, openid: string) => boolean }

const ownOnly = 'resource.openid==auth.openid'
const ownOrPublic = String.raw`resource.openid==auth.openid||/^public\//.test(resource.path)==true`

/**
 * Only the two forms this product uses are understood: own files, and own files or those under public/. Any other rule
 * stops the cloud from starting, for guessing at a rule would prove nothing.
 */
export const readStorageRules = (rulesFolder: string): StorageRules => {
  const file = path.join(rulesFolder, 'storage.json')
  const rules = fs.existsSync(file)
    ? (JSON.parse(fs.readFileSync(file, 'utf8')) as { read?: unknown; write?: unknown })
    : { read: ownOnly, write: ownOnly }
  const read = squeeze(rules.read)
  if (read !== ownOnly && read !== ownOrPublic) throw new Error(`storage.json: this read rule is not understood: ${String(rules.read)}`)
  if (squeeze(rules.write) !== ownOnly) throw new Error(`storage.json: this write rule is not understood: ${String(rules.write)}`)
  return {
    mayRead: (stored, openid) => stored.openid === openid || (read === ownOrPublic && stored.path.startsWith('public/')),
  }
}

const squeeze = (rule: unknown): string => (typeof rule === 'string' ? rule.replace(/\s+/g, '') : '')
