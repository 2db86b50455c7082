import fs from 'node:fs'
import path from 'node:path'
import * as esbuild from 'esbuild'
import { fingerprint } from './parts'

const phoneFolder = path.resolve(__dirname, '..')
const SOURCES = [path.join(phoneFolder, 'browser'), __dirname]

/** Bundles the phone's own code (the runtime and the shell) unless it was bundled from the same sources before. */
export const buildRuntime = async (outFolder: string): Promise<string> => {
  const key = fingerprint(...SOURCES.flatMap(readAll))
  const keyFile = path.join(outFolder, 'runtime.key')
  if (fs.existsSync(keyFile) && fs.readFileSync(keyFile, 'utf8') === key) return key
  await esbuild.build({
    entryPoints: { main: path.join(phoneFolder, 'browser/main.ts'), shell: path.join(phoneFolder, 'browser/shell/shell.ts') },
    outdir: outFolder,
    bundle: true,
    format: 'iife',
    target: 'es2022',
    sourcemap: 'linked',
    charset: 'utf8',
    logLevel: 'error',
    define: { 'process.env.NODE_ENV': '"development"' },
  })
  fs.writeFileSync(keyFile, key)
  return key
}

const readAll = (folder: string): string[] =>
  fs.readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
    .sort()
    .flatMap((file) => [path.relative(phoneFolder, file), fs.readFileSync(file, 'utf8')])
