import path from 'node:path'

export type QualityItem = { name: string; success: boolean; text: string; detail?: unknown }
/** Compiled files by name from the mini-program's root, or the compiler's refusal. */
export type Compiled = { files: Record<string, string>; quality: QualityItem[] } | { refusal: string }
export type Package = { name: string; bytes: number; limit: number }

const kilobyte = 1024
const mainLimit = 1024 * kilobyte
const packageLimit = 1536 * kilobyte

/** Sizes as they are uploaded: the main package and one for each subpackage root. */
export const packagesOf = (files: Record<string, string>): Package[] => {
  const app = JSON.parse(files['app.json'] ?? '{}') as { subPackages?: { root: string }[]; subpackages?: { root: string }[] }
  const roots = (app.subPackages ?? app.subpackages ?? []).map((one) => one.root.replace(/\/?$/, '/'))
  const bytes = new Map<string, number>([['main', 0], ...roots.map((one): [string, number] => [one, 0])])
  for (const [name, content] of Object.entries(files)) {
    const owner = roots.find((one) => name.startsWith(one)) ?? 'main'
    bytes.set(owner, bytes.get(owner)! + Buffer.byteLength(content))
  }
  return [...bytes].map(([name, size]) => ({ name, bytes: size, limit: name === 'main' ? mainLimit : packageLimit }))
}

/** Compiled `require`s that find nothing on the phone: what they name lies outside the mini-program, or in no package of it. */
export const strayRequires = (files: Record<string, string>): string[] =>
  Object.entries(files)
    .filter(([name]) => name.endsWith('.js'))
    .flatMap(([name, code]) =>
      [...code.matchAll(/\brequire\(\s*["']([^"']+)["']\s*\)/g)]
        .map((match) => match[1]!)
        .filter((wanted) => !isThere(files, name, wanted))
        .map((wanted) => `${name} requires "${wanted}", which is not on the phone`),
    )

const isThere = (files: Record<string, string>, from: string, wanted: string): boolean => {
  const candidates = wanted.startsWith('.')
    ? [path.posix.join(path.posix.dirname(from), wanted)]
    : wanted.startsWith('/')
      ? [wanted.slice(1)]
      : npmPlaces(from).map((folder) => `${folder}miniprogram_npm/${wanted}`)
  return candidates.some((one) => [one, `${one}.js`, `${one}/index.js`].some((name) => name in files))
}

/** WeChat looks for packages in every miniprogram_npm above the file. */
const npmPlaces = (from: string): string[] => {
  const folders = path.posix.dirname(from).split('/')
  return ['', ...folders.map((_, index) => `${folders.slice(0, index + 1).join('/')}/`)]
}

// What an item's detail may name, each with its reason.
const allowed: { items: string[]; names: RegExp; because: string }[] = [
  { items: ['CONTAINS_OTHER_PKG_COMPONENTS', 'CONTAINS_OTHER_PKG_JS'], names: /^miniprogram_npm\//, because: 'packages lie in the main package, whoever uses them; the size limits hold the cost' },
  {
    items: ['CONTAINS_OTHER_PKG_COMPONENTS'],
    names: /^components\/(charges-card|chip-row|choice-chips|date-field|form-sheet|photo-grid|photo-row|stage-tabs|text-field)\//,
    because: 'two features or more share them, and a subpackage cannot take from another',
  },
  { items: ['CONTAINS_UNUSED_CODES'], names: /^miniprogram_npm\//, because: 'the whole of TDesign lies on disk; what no page uses is not uploaded, as the compiled files show' },
  { items: ['CONTAINS_UNUSED_CODES'], names: /^(tsconfig|privacy)\.json$/, because: 'for the editor and for the privacy declaration; project.config.json keeps them from being uploaded' },
]
const isAllowed = (item: string, name: string) => allowed.some((one) => one.items.includes(item) && one.names.test(name))

// WeChat looks at the source with the whole of TDesign; the limits above look at what is uploaded.
const measuredHere = ['PACKAGE_SIZE_LIMIT']

/** `success` says true even where `detail` lists violations, so the detail is what counts. */
export const qualityComplaints = (items: QualityItem[]): string[] =>
  items
    .filter((item) => !measuredHere.includes(item.name))
    .flatMap((item) => {
      const named = namesIn(item.detail)
      const ours = named.filter((name) => !isAllowed(item.name, name))
      if (ours.length > 0) return [`${item.name}: ${item.text} ${ours.join(', ')}`]
      return item.success || named.length > 0 ? [] : [`${item.name}: ${item.text}`]
    })

const namesIn = (detail: unknown): string[] => {
  if (typeof detail === 'string') return [detail]
  if (Array.isArray(detail)) return detail.flatMap(namesIn)
  if (typeof detail === 'object' && detail !== null) return Object.values(detail).flatMap(namesIn)
  return []
}

/** Everything wrong with a compilation, in sentences. */
export const complaintsAbout = (compiled: Compiled): string[] => {
  if ('refusal' in compiled) return [compiled.refusal]
  const tooLarge = packagesOf(compiled.files)
    .filter((one) => one.bytes > one.limit)
    .map((one) => `package ${one.name} is ${Math.round(one.bytes / kilobyte)} KB; at most ${one.limit / kilobyte} KB`)
  return [...tooLarge, ...strayRequires(compiled.files), ...qualityComplaints(compiled.quality)]
}
