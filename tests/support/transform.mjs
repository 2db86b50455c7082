// Jest reads TypeScript (ours) and ES modules (TDesign's) through esbuild, the compiler everything else is built with.
import { transformSync } from 'esbuild'

export const process = (source, file) =>
  transformSync(source, { loader: file.endsWith('.ts') ? 'ts' : 'js', format: 'cjs', target: 'node20', sourcemap: 'inline', sourcefile: file })
export default { process }
