import { Query } from 'mingo/query'
import type { Fields } from './ejson'
import { PlatformError } from '../platform-error'
import { fullContext } from './operators'

export type Project = (document: Fields) => Fields

const isNode = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !(value instanceof Date) && !(value instanceof RegExp)

type Tree = { [part: string]: Tree | true }

const treeOf = (paths: string[]): Tree => {
  const tree: Tree = {}
  for (const path of paths) {
    const parts = path.split('.')
    let node = tree
    for (const part of parts.slice(0, -1)) {
      const child = node[part]
      node = child === undefined || child === true ? (node[part] = {}) : child
    }
    node[parts[parts.length - 1]!] = true
  }
  return tree
}

const included = (value: unknown, tree: Tree): unknown => {
  if (Array.isArray(value)) return value.filter(isNode).map((item) => included(item, tree))
  if (!isNode(value)) return undefined
  const copy: Fields = {}
  for (const name in value) {
    const branch = tree[name]
    if (branch === undefined) continue
    const kept = branch === true ? value[name] : included(value[name], branch)
    if (kept !== undefined) copy[name] = kept
  }
  return copy
}

const excluded = (value: unknown, tree: Tree): unknown => {
  if (Array.isArray(value)) return value.map((item) => excluded(item, tree))
  if (!isNode(value)) return value
  const copy: Fields = {}
  for (const name in value) {
    const branch = tree[name]
    if (branch === true) continue
    copy[name] = branch === undefined ? value[name] : excluded(value[name], branch)
  }
  return copy
}

const byMingo = (projection: Fields): Project => {
  const query = new Query({}, { context: fullContext })
  return (document) => query.find<Fields>([document], projection as never).all()[0] ?? {}
}

/** Compiles `field({...})`: plain 0 and 1 here, `$slice` and `$elemMatch` by mingo. */
export const projectionOf = (projection: Fields): Project => {
  const names = Object.keys(projection)
  if (names.some((name) => typeof projection[name] === 'object')) return byMingo(projection)
  const fields = names.filter((name) => name !== '_id')
  const kept = fields.filter((name) => projection[name])
  if (kept.length > 0 && kept.length < fields.length)
    throw new PlatformError('DATABASE_REQUEST_FAILED', '[FailedOperation] Cannot do exclusion and inclusion in one projection')
  const hidesId = '_id' in projection && !projection._id
  const includes = kept.length > 0 || (fields.length === 0 && Boolean(projection._id))
  if (!includes) {
    const tree = treeOf(hidesId ? [...fields, '_id'] : fields)
    return (document) => excluded(document, tree) as Fields
  }
  const tree = treeOf(hidesId ? kept : ['_id', ...kept])
  return (document) => included(document, tree) as Fields
}
