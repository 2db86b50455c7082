import path from 'node:path'
import { buildSync } from 'esbuild'

/** Bundles what function processes start with, so that they need neither our sources nor a TypeScript loader. */
export const bundleProcessEntry = (folder: string): string => {
  const outfile = path.join(folder, 'process-entry.cjs')
  buildSync({
    entryPoints: [path.join(__dirname, 'process-entry.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    logLevel: 'silent',
  })
  return outfile
}
