import fs from 'node:fs'
import path from 'node:path'
import { CompileError, lineAt } from './compile-error'

/** Where the mini-program's source lies and how its ids and files belong together. An id is a path from the root without extension. */
export type Source = {
  root: string
  /** What a file is called in messages: its path from the project's folder. */
  named(file: string): string
  /** The folder holding an npm package's mini-program files, or undefined. */
  packageFolder(name: string): string | undefined
  fileOf(id: string): string
  idOf(file: string): string
}

const PACKED = 'miniprogram_npm'
const projectFolder = path.resolve(__dirname, '../../..')

export const splitPackage = (specifier: string): { name: string; rest: string } => {
  const parts = specifier.split('/')
  const name = specifier.startsWith('@') ? parts.splice(0, 2).join('/') : (parts.shift() ?? '')
  return { name, rest: parts.join('/') }
}

export const openSource = (root: string): Source => {
  const folders = new Map<string, string | undefined>()
  const packageFolder = (name: string): string | undefined => {
    if (!folders.has(name)) folders.set(name, findPackage(root, name))
    return folders.get(name)
  }
  const idOf = (file: string): string => {
    for (const [name, folder] of folders) {
      if (folder && file.startsWith(folder + path.sep)) return path.posix.join(PACKED, name, toPosix(path.relative(folder, file)))
    }
    return toPosix(path.relative(root, file))
  }
  const fileOf = (id: string): string => {
    if (!id.startsWith(`${PACKED}/`)) return path.join(root, id)
    const { name, rest } = splitPackage(id.slice(PACKED.length + 1))
    const folder = packageFolder(name)
    return folder ? path.join(folder, rest) : path.join(root, id)
  }
  return { root, packageFolder, fileOf, idOf, named: (file) => toPosix(path.relative(projectFolder, file)) }
}

const toPosix = (file: string): string => file.split(path.sep).join('/')

/** The packed copy that would be uploaded wins over node_modules. */
const findPackage = (root: string, name: string): string | undefined => {
  const packed = path.join(root, PACKED, name)
  if (fs.existsSync(packed)) return packed
  const installed = path.join(projectFolder, 'node_modules', name)
  const description = path.join(installed, 'package.json')
  if (!fs.existsSync(description)) return undefined
  const { miniprogram } = JSON.parse(fs.readFileSync(description, 'utf8')) as { miniprogram?: string }
  if (miniprogram) return path.join(installed, miniprogram)
  const usual = path.join(installed, 'miniprogram_dist')
  return fs.existsSync(usual) ? usual : undefined
}

export const isPacked = (id: string): boolean => id.startsWith(`${PACKED}/`)

export const firstExisting = (files: string[]): string | undefined =>
  files.find((file) => fs.existsSync(file) && fs.statSync(file).isFile())

/** Reads a JSON file; a mistake in it names the line. */
export const readJson = <T>(source: Source, file: string): T | undefined => {
  if (!fs.existsSync(file)) return undefined
  const text = fs.readFileSync(file, 'utf8')
  try {
    return JSON.parse(text) as T
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    const offset = /position (\d+)/.exec(reason)?.[1]
    throw new CompileError(source.named(file), offset === undefined ? undefined : lineAt(text, Number(offset)), reason)
  }
}
