import { PlatformError } from '../platform-error'
import type { Fields, StoredDocument } from './ejson'
import { sameValue } from './order-key'

const failed = (message: string): PlatformError => new PlatformError('DATABASE_REQUEST_FAILED', `[FailedOperation] ${message}`)

const isIndex = (part: string): boolean => /^\d+$/.test(part)

type Node = Fields | unknown[]

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !(value instanceof Date) && !(value instanceof RegExp)

const copyOf = (node: Node): Node => (Array.isArray(node) ? [...node] : { ...node })

const childOf = (node: unknown, part: string): unknown => {
  if (!isNode(node)) return undefined
  if (Array.isArray(node)) return isIndex(part) ? node[Number(part)] : undefined
  return Object.hasOwn(node, part) ? node[part] : undefined
}

/**
 * A document being changed: the stored one is never touched, and whatever a change does not reach is shared with it, which is also how the
 * indexes see that nothing of theirs moved.
 */
export class DocumentDraft {
  document: StoredDocument
  /** Paths whose value is now another one. */
  changed = 0

  constructor(stored: StoredDocument) {
    this.document = stored
  }

  get(path: string): unknown {
    return path.split('.').reduce<unknown>(childOf, this.document)
  }

  set(path: string, value: unknown): void {
    const present = this.get(path)
    if (present !== undefined && sameValue(present, value)) return
    this.document = this.#with(this.document, path.split('.'), 0, value) as StoredDocument
    this.changed++
  }

  unset(path: string): void {
    if (this.get(path) === undefined) return
    this.document = this.#without(this.document, path.split('.'), 0) as StoredDocument
    this.changed++
  }

  #with(node: Node, parts: string[], at: number, value: unknown): Node {
    const part = parts[at]!
    if (Array.isArray(node) && !isIndex(part)) throw this.#cannotCreate(part, parts[at - 1]!, node)
    const copy = copyOf(node) as Fields
    if (at === parts.length - 1) {
      this.#assign(copy, part, value)
      return copy
    }
    const child = childOf(node, part)
    if (child !== undefined && !isNode(child)) throw this.#cannotCreate(parts[at + 1]!, part, child)
    this.#assign(copy, part, this.#with(child ?? {}, parts, at + 1, value))
    return copy
  }

  // A gap left by writing past an array's end is filled with null.
  #assign(node: Fields | unknown[], part: string, value: unknown): void {
    if (!Array.isArray(node)) {
      node[part] = value
      return
    }
    while (node.length < Number(part)) node.push(null)
    node[Number(part)] = value
  }

  #without(node: Node, parts: string[], at: number): Node {
    const part = parts[at]!
    const copy = copyOf(node) as Fields
    if (at < parts.length - 1) copy[part] = this.#without(childOf(node, part) as Node, parts, at + 1)
    else if (Array.isArray(copy)) copy[Number(part)] = null
    else delete copy[part]
    return copy
  }

  #cannotCreate(field: string, parent: string, value: unknown): PlatformError {
    return failed(`Cannot create field '${field}' in element {${parent}: ${JSON.stringify(value)}}`)
  }
}
