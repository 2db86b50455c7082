import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'

/** Installs a folder's own package-lock.json when it changed since the last time. What is large and seldom needed has such a folder. */
export const installFolder = async (folder: string, why: string): Promise<void> => {
  const stamp = path.join(folder, 'node_modules/.linli-installed')
  const wanted = createHash('sha256').update(fs.readFileSync(path.join(folder, 'package-lock.json'))).update(process.platform + process.arch).digest('hex')
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === wanted) return
  process.stderr.write(`Installing ${why} (once) …\n`)
  const npm = spawn('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  })
  const code = await new Promise((resolve, reject) => npm.once('error', reject).once('exit', resolve))
  if (code !== 0) throw new Error(`npm could not install ${why}. Is the npm registry reachable?`)
  fs.writeFileSync(stamp, wanted)
}
