import fs from 'node:fs'
import path from 'node:path'
import * as esbuild from 'esbuild'
import { CompileError } from './compile-error'
import { type Pieces } from './pieces'
import { firstExisting, splitPackage, type Source } from './source'

// A mini-program's scripts run without a DOM: whatever a browser has and WeChat lacks must be missing here as well.
const BROWSER_ONLY = [
  'window',
  'document',
  'localStorage',
  'sessionStorage',
  'indexedDB',
  'fetch',
  'XMLHttpRequest',
  'WebSocket',
  'location',
  'history',
  'navigator',
  'alert',
  'confirm',
  'prompt',
  'URL',
  'URLSearchParams',
  'structuredClone',
  'TextEncoder',
  'TextDecoder',
  'AbortController',
  'FormData',
  'Blob',
  'File',
  'FileReader',
  'Image',
  'CustomEvent',
  'MutationObserver',
  'IntersectionObserver',
  'ResizeObserver',
  'requestAnimationFrame',
  'crypto',
  'atob',
  'btoa',
]

export type Bundler = { bundle(pieces: Pieces): Promise<void>; close(): Promise<void> }

/** Bundles the mini-program's pieces and scripts into one file for the browser, incrementally from the second time on. */
export const openBundler = async (source: Source, outfile: string): Promise<Bundler> => {
  let current: Pieces = new Map()
  const context = await esbuild.context({
    entryPoints: ['phone:entry'],
    outfile,
    bundle: true,
    format: 'iife',
    target: 'es2022',
    sourcemap: 'linked',
    charset: 'utf8',
    logLevel: 'silent',
    write: false,
    tsconfigRaw: { compilerOptions: { target: 'ES2020', verbatimModuleSyntax: true } },
    define: Object.fromEntries([...BROWSER_ONLY.map((name) => [name, 'undefined']), ['process.env.NODE_ENV', '"development"']]),
    plugins: [pieceLoader(() => current), packageResolver(source)],
  })
  return {
    bundle: async (pieces) => {
      current = pieces
      try {
        const { outputFiles } = await context.rebuild()
        for (const { path: file, contents } of outputFiles) replaceFile(file, contents)
      } catch (failure) {
        throw describe(source, failure)
      }
    },
    close: () => context.dispose(),
  }
}

/** In one step: a page may be loading the old file right now, and keeps it when the new one has a mistake. */
const replaceFile = (file: string, contents: Uint8Array): void => {
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(`${file}.next`, contents)
  fs.renameSync(`${file}.next`, file)
}

const pieceLoader = (pieces: () => Pieces): esbuild.Plugin => ({
  name: 'pieces',
  setup: (build) => {
    build.onResolve({ filter: /^phone:/ }, ({ path: name }) => ({ path: name.slice('phone:'.length), namespace: 'phone' }))
    build.onLoad({ filter: /.*/, namespace: 'phone' }, ({ path: name }) => {
      const piece = pieces().get(name)
      return piece ? { contents: piece.code, loader: 'js', resolveDir: piece.folder } : { errors: [{ text: `no piece ${name}` }] }
    })
  },
})

const scriptAt = (file: string): string | undefined =>
  firstExisting([file, `${file}.js`, `${file}.ts`, path.join(file, 'index.js'), path.join(file, 'index.ts')])

const packageResolver = (source: Source): esbuild.Plugin => ({
  name: 'mini-program-packages',
  setup: (build) => {
    build.onResolve({ filter: /.*/ }, ({ path: specifier, importer, kind, resolveDir }) => {
      if (kind === 'entry-point' || specifier.startsWith('phone:')) return undefined
      if (path.isAbsolute(specifier)) return { path: scriptAt(specifier) ?? scriptAt(path.join(source.root, specifier)) ?? specifier }
      if (specifier.startsWith('.')) return resolveNear(source, specifier, resolveDir)
      return resolvePackage(source, specifier, importer)
    })
  },
})

const resolveNear = (source: Source, specifier: string, folder: string): esbuild.OnResolveResult | undefined => {
  const target = path.resolve(folder, specifier)
  const leavesRoot = isInside(source.root, folder) && !isInside(source.root, target)
  if (leavesRoot) return { errors: [{ text: `"${specifier}" lies outside the mini-program: only types may come from there` }] }
  const file = scriptAt(target)
  return file ? { path: file } : undefined
}

const isInside = (folder: string, file: string): boolean => file === folder || file.startsWith(folder + path.sep)

const foldersAbove = (file: string): string[] => {
  const folder = path.dirname(file)
  return folder === file ? [] : [folder, ...foldersAbove(folder)]
}

/** Packages come from the nearest miniprogram_npm: those packed inside another package belong to it alone. */
const resolvePackage = (source: Source, specifier: string, importer: string): esbuild.OnResolveResult | undefined => {
  const { name, rest } = splitPackage(specifier)
  for (const folder of foldersAbove(importer)) {
    const packed = scriptAt(path.join(folder, 'miniprogram_npm', specifier))
    if (packed) return { path: packed }
  }
  const folder = source.packageFolder(name)
  const file = folder && scriptAt(path.join(folder, rest))
  if (file) return { path: file }
  const near = scriptAt(path.resolve(path.dirname(importer), specifier))
  return near ? { path: near } : undefined
}

const describe = (source: Source, failure: unknown): unknown => {
  const first = (failure as Partial<esbuild.BuildFailure>).errors?.[0]
  if (!first) return failure
  const file = first.location ? source.named(path.resolve(first.location.file)) : 'miniprogram'
  return new CompileError(file, first.location?.line, first.text)
}
