// The two commands begin here, before anything is installed: plain Node, no dependency.
// Installs what package-lock.json asks for when it has changed since the last install, and nothing otherwise;
// then runs the command's TypeScript.
import { spawn, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..')
const commands = {
  start: 'simulator/main.ts',
  build: 'tools/build.ts',
  test: 'tests/run.ts',
  check: 'tests/check.ts',
  proof: 'tests/proof.ts',
  bench: 'bench/run.ts',
  restore: 'tools/restore/main.ts',
  deploy: 'tools/deploy/main.ts',
  'review-pack': 'tests/review-pack/main.ts',
}

const [major, minor] = process.versions.node.split('.').map(Number)
if (major < 20 || (major === 20 && minor < 9)) {
  console.error(`Linli needs Node 20.9 or newer; this is ${process.versions.node}.`)
  process.exit(1)
}

const [command, ...args] = process.argv.slice(2)
if (!commands[command]) {
  console.error(`Unknown command "${command}". Known: ${Object.keys(commands).join(', ')}.`)
  process.exit(1)
}

const stamp = path.join(root, 'node_modules', '.linli-installed')
const wanted = createHash('sha256').update(readFileSync(path.join(root, 'package-lock.json'))).update(process.platform + process.arch).digest('hex')
if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  console.log('Installing what Linli needs (once, about half a minute) …')
  // No install script is needed by anything we use, so none runs.
  const install = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' })
  if (install.status !== 0) {
    console.error('npm could not install the dependencies. Is the npm registry reachable? Run the command again once it is.')
    process.exit(1)
  }
  writeFileSync(stamp, wanted)
}

const child = spawn(process.execPath, ['--import', 'tsx', path.join(root, commands[command]), ...args], { cwd: root, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
