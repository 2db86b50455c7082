import { spawn } from 'node:child_process'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { buildFunctions } from '../cloudfunctions/build'
import { packMiniprogramNpm } from '../tools/miniprogram-npm'
import { inRoot } from '../tools/root'
import { startCloud } from './cloud/cloud'
import { takeDataFolder } from './data-folder'
import { deployOnto } from './deploy-onto'
import { startPhone } from './phone/phone'
import { seeds } from './seed/seeds'
import { emptySetupCode } from './seed/village'

const { values: options } = parseArgs({
  options: {
    port: { type: 'string', default: '8800' },
    data: { type: 'string', default: inRoot('.linli') },
    seed: { type: 'string', default: 'village' },
    'no-open': { type: 'boolean', default: false },
  },
})

const reportBuild = (changed: string[], failure?: Error) => {
  if (failure) console.error(failure.message)
  else if (changed.length > 0) console.log(`rebuilt ${changed.join(', ')}`)
}

const openInBrowser = (url: string) => {
  const [command, ...before] = process.platform === 'darwin' ? ['open'] : process.platform === 'win32' ? ['cmd', '/c', 'start', ''] : ['xdg-open']
  const browser = spawn(command!, [...before, url], { stdio: 'ignore', detached: true })
  // A machine without a desktop has no browser to open; the address is printed anyway.
  browser.on('error', () => undefined)
  browser.unref()
}

const main = async () => {
  const folder = path.resolve(options.data)
  const port = Number(options.port)
  if (!Object.hasOwn(seeds, options.seed)) throw new Error(`--seed ${options.seed} is not known. Known: ${Object.keys(seeds).join(', ')}`)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error(`--port ${options.port} is not a port`)

  const data = takeDataFolder(folder)
  process.on('exit', data.leave)
  await buildFunctions({ watch: reportBuild })
  const startingCloud = startCloud({
    folder, port, seeds, seed: options.seed, environment: data.environment, log: (line) => console.log(line),
    functionsFolder: inRoot('dist', 'cloudfunctions'), rulesFolder: inRoot('database-rules'),
    pages: async (request, response) => (await startingPhone).serve(request, response),
  })
  const startingPhone = startingCloud.then(({ people, now }) =>
    startPhone({
      miniprogramRoot: inRoot('miniprogram'), outFolder: inRoot('dist', 'phone'), people, now,
      watch: true,
      // An edit may name an icon that is not drawn yet.
      beforeBuild: async () => void (await packMiniprogramNpm()),
    }))
  const [cloud, phone] = await Promise.all([startingCloud, startingPhone])
  await deployOnto(cloud.database, data.environment, new Date(cloud.now()))
  // A mini-program that does not compile is mended while it runs: the phone shows the mistake, and the page once it is mended.
  await phone.ready.catch((mistake: Error) => console.error(`The mini-program does not compile:\n${mistake.message}`))

  // Ctrl-C comes twice: from the terminal, and passed on by the command's first process.
  let stopping: Promise<void> | undefined
  const stop = () => (stopping ??= Promise.all([cloud.close(), phone.close()]).then(() => process.exit(0)))
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop())
  // That first process is gone without a word, and nobody could stop this one any more.
  process.on('disconnect', () => void stop())
  if (options.seed === 'empty') console.log(`the first manager's code, for 24 hours: ${emptySetupCode(data.environment)}`)
  console.log(`ready ${JSON.stringify({ url: cloud.url })}`)
  if (!options['no-open']) openInBrowser(cloud.url)
}

main().catch((error: unknown) => {
  const { code, message } = error as { code?: string; message?: string }
  console.error(code === 'EADDRINUSE' ? `Port ${options.port} is in use: stop what runs there, or choose another with -- --port 8801` : message)
  process.exit(1)
})
