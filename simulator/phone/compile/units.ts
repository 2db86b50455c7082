import path from 'node:path'
import { CompileError } from './compile-error'
import { type AppConfig, type UnitJson } from './config-json'
import { firstExisting, isPacked, readJson, splitPackage, type Source } from './source'

/** A page or component: four files of one name. Component references are ids with a leading slash, as the engine wants them. */
export type Unit = {
  id: string
  file: string
  isPage: boolean
  json: UnitJson
  uses: Record<string, string>
  generics: Record<string, { default?: string }>
}

const TAB_BAR = 'custom-tab-bar/index'

/** Every page of app.json and every component reachable from them, components before what uses them. */
export const collectUnits = (source: Source, { app, pages }: AppConfig): Unit[] => {
  const units = new Map<string, Unit>()
  const visiting = new Set<string>()

  const visit = (id: string, file: string, isPage: boolean): void => {
    if (visiting.has(id)) return
    visiting.add(id)
    if (!firstExisting([`${file}.wxml`])) throw new CompileError(`${source.named(file)}.wxml`, undefined, 'is missing')
    const json = readJson<UnitJson>(source, `${file}.json`) ?? {}
    const inherited = isPacked(id) ? {} : globals
    const unit: Unit = { id, file, isPage, json, uses: { ...inherited }, generics: {} }
    for (const [tag, specifier] of Object.entries(json.usingComponents ?? {})) unit.uses[tag] = use(specifier, file)
    for (const [tag, generic] of Object.entries(json.componentGenerics ?? {})) {
      const specifier = typeof generic === 'object' ? generic.default : undefined
      unit.generics[tag] = specifier ? { default: use(specifier, file) } : {}
    }
    units.set(id, unit)
  }

  const use = (specifier: string, from: string): string => {
    const file = resolveComponent(source, specifier, from)
    const id = source.idOf(file)
    visit(id, file, false)
    return `/${id}`
  }

  const globals: Record<string, string> = {}
  for (const [tag, specifier] of Object.entries(app.usingComponents ?? {})) globals[tag] = use(specifier, path.join(source.root, 'app'))
  if (app.tabBar?.custom) visit(TAB_BAR, path.join(source.root, TAB_BAR), false)
  for (const page of pages) visit(page, path.join(source.root, page), true)
  return [...units.values()]
}

const resolveComponent = (source: Source, specifier: string, from: string): string => {
  const candidates = specifier.startsWith('/') ? [path.join(source.root, specifier)] : [path.resolve(path.dirname(from), specifier)]
  if (/^[\w@]/.test(specifier)) {
    const { name, rest } = splitPackage(specifier)
    const folder = source.packageFolder(name)
    if (folder) candidates.push(path.join(folder, rest))
  }
  const found = candidates
    .flatMap((file) => [file, path.join(file, 'index')])
    .find((file) => firstExisting([`${file}.wxml`, `${file}.json`]))
  if (!found) throw new CompileError(`${source.named(from)}.json`, undefined, `component "${specifier}" is not there`)
  return found
}
