import crypto from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

export const fingerprint = (...texts: string[]): string => {
  const hash = crypto.createHash('sha1')
  for (const text of texts) hash.update(text).update('\0')
  return hash.digest('hex').slice(0, 20)
}

/** Compiled pieces by the fingerprint of what they were made from, kept between builds and starts of the same compiler. */
export type Parts = { once<T>(key: string, make: () => T): T; save(): void }

export const openParts = (file: string, compiler: string): Parts => {
  const known = read(file, compiler)
  const used = new Map<string, unknown>()
  let isChanged = false
  return {
    once: <T>(key: string, make: () => T): T => {
      if (!used.has(key)) {
        if (!known.has(key)) isChanged = true
        used.set(key, known.get(key) ?? make())
      }
      return used.get(key) as T
    },
    save: () => {
      if (!isChanged) return
      isChanged = false
      for (const [key, value] of used) known.set(key, value)
      fs.mkdirSync(path.dirname(file), { recursive: true })
      fs.writeFileSync(file, JSON.stringify({ compiler, pieces: [...known].slice(-KEPT) }))
    },
  }
}

const KEPT = 2_000

const read = (file: string, compiler: string): Map<string, unknown> => {
  try {
    const kept = JSON.parse(fs.readFileSync(file, 'utf8')) as { compiler?: string; pieces: [string, unknown][] }
    return new Map(kept.compiler === compiler ? kept.pieces : [])
  } catch {
    // No cache yet, or one cut off while it was written: everything is simply compiled again.
    return new Map()
  }
}
