import fs from 'node:fs'
import path from 'node:path'
import { readAppConfig } from './app-json'
import { openBundler, type Bundler } from './bundle'
import { fingerprint, openParts } from './parts'
import { compilePieces } from './pieces'
import { openSource, type Source } from './source'

/** Compiles the mini-program when its sources changed since the last time; `key` names the state that was compiled. */
type Builder = { build(): Promise<{ key: string; isFresh: boolean }>; source: Source; close(): Promise<void> }

const compilerKey = (): string => fingerprint(...fs.readdirSync(__dirname).map((file) => fs.readFileSync(path.join(__dirname, file), 'utf8')))

export const openBuilder = (miniprogramRoot: string, outFolder: string): Builder => {
  const source = openSource(path.resolve(miniprogramRoot))
  const outfile = path.join(outFolder, 'app.js')
  const keyFile = path.join(outFolder, 'app.key')
  const compiler = compilerKey()
  const parts = openParts(path.join(outFolder, 'parts.json'), compiler)
  let bundler: Promise<Bundler> | undefined

  const build = async (): Promise<{ key: string; isFresh: boolean }> => {
    const key = fingerprintOf(source, compiler)
    if (readKey(keyFile) === key && fs.existsSync(outfile)) return { key, isFresh: false }
    const pieces = compilePieces(source, readAppConfig(source), parts)
    bundler ??= openBundler(source, outfile)
    await (await bundler).bundle(pieces)
    parts.save()
    fs.writeFileSync(keyFile, key)
    return { key, isFresh: true }
  }
  return { build, source, close: async () => (await bundler)?.close() }
}

const readKey = (file: string): string | undefined => (fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined)

const SOURCES = /\.(ts|js|wxml|wxss|wxs|json)$/

/** The fingerprint of all own sources; packages only change as a whole, so their names and sizes are enough. */
const fingerprintOf = (source: Source, compiler: string): string => {
  const seen: string[] = [compiler]
  const walk = (folder: string, isPacked: boolean): void => {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const file = path.join(folder, entry.name)
      if (entry.isDirectory()) walk(file, isPacked || entry.name === 'miniprogram_npm')
      else if (isPacked) seen.push(file, String(fs.statSync(file).size))
      else if (SOURCES.test(entry.name)) seen.push(file, fs.readFileSync(file, 'utf8'))
    }
  }
  walk(source.root, false)
  return fingerprint(...seen)
}
