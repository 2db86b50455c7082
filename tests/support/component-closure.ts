import fs from 'node:fs'
import path from 'node:path'

export type Closure = {
  /** Tag → path from the mini-program's root, for every component the page shows directly or not. */
  usingComponents: Record<string, string>
  /** Files for WeChat's compiler; all of TDesign would cost a second more in every test file. */
  wxmlList: string[]
  wxsList: string[]
}

const usedBy = (root: string, unit: string): Record<string, string> => {
  const file = path.join(root, `${unit}.json`)
  if (!fs.existsSync(file)) throw new Error(`There is no ${unit}.json`)
  return (JSON.parse(fs.readFileSync(file, 'utf8')) as { usingComponents?: Record<string, string> }).usingComponents ?? {}
}

/** As WeChat resolves it: './x' from the component, '/x' from the root, anything else from the root if it is there, else an npm package. */
const resolve = (root: string, from: string, value: string): string => {
  if (value.startsWith('.')) return path.posix.join(path.posix.dirname(from), value)
  if (value.startsWith('/')) return value.slice(1)
  const beside = path.posix.join(path.posix.dirname(from), value)
  return fs.existsSync(path.join(root, `${beside}.json`)) ? beside : path.posix.join('miniprogram_npm', value)
}

const included = (root: string, file: string, seen: Set<string>): void => {
  if (seen.has(file) || !fs.existsSync(path.join(root, file))) return
  seen.add(file)
  const source = fs.readFileSync(path.join(root, file), 'utf8')
  const sources = file.endsWith('.wxml') ? source.matchAll(/<(?:import|include|wxs)\s[^>]*src=["']([^"']+)["']/g) : source.matchAll(/require\(\s*["']([^"']+)["']\s*\)/g)
  for (const match of sources) {
    const value = match[1]!
    included(root, value.startsWith('/') ? value.slice(1) : path.posix.join(path.posix.dirname(file), value), seen)
  }
}

/** Everything a page needs to be compiled and shown. */
export const componentClosure = (page: string, root: string): Closure => {
  const usingComponents: Record<string, string> = {}
  const files = new Set<string>()
  const visit = (unit: string): void => {
    if (files.has(`${unit}.wxml`)) return
    included(root, `${unit}.wxml`, files)
    const everywhere = unit === page ? usedBy(root, 'app') : {}
    for (const [tag, value] of Object.entries({ ...everywhere, ...usedBy(root, unit) })) {
      const target = resolve(root, unit, value)
      const known = usingComponents[tag]
      if (known && known !== `/${target}` && !unit.startsWith('miniprogram_npm/')) {
        throw new Error(`<${tag}> means ${known} and /${target} on the same page; miniprogram-simulate needs one name for one component`)
      }
      usingComponents[tag] ??= `/${target}`
      visit(target)
    }
  }
  visit(page)
  const all = [...files].sort()
  return { usingComponents, wxmlList: all.filter((file) => file.endsWith('.wxml')), wxsList: all.filter((file) => file.endsWith('.wxs')) }
}
