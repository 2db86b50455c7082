import { buildFunctions } from '../cloudfunctions/build'
import { startCold } from './cold-start'
import { importHouses } from './house-import'
import { createClient, type Client, type Measurement } from './measure'
import { createRepairs, readList, readQueue } from './repairs'
import { startWorld } from '../tools/start-world'

type Workload = { seed: string | null; run: (client: Client, url: string) => Promise<Measurement[]> }

const workloads: Record<string, Workload> = {
  'repairs-list': { seed: 'town', run: readList },
  'W4-queue': { seed: 'town', run: readQueue },
  'W4-create': { seed: 'town', run: createRepairs },
  'W5-import': { seed: 'village', run: importHouses },
  W6: { seed: null, run: startCold },
}

const main = async () => {
  const wanted = process.argv.slice(2).filter((word) => !word.startsWith('--'))
  const chosen = Object.keys(workloads).filter((name) => wanted.length === 0 || wanted.some((word) => name === word || name.startsWith(`${word}-`)))
  if (chosen.length === 0) throw new Error(`No workload is called ${wanted.join(', ')}. There are ${Object.keys(workloads).join(', ')}`)
  await buildFunctions()
  const measurements: Measurement[] = []
  for (const seed of new Set(chosen.map((name) => workloads[name]!.seed))) {
    const world = seed === null ? null : await startWorld(seed)
    const client = createClient(world?.url ?? 'http://127.0.0.1')
    for (const name of chosen.filter((each) => workloads[each]!.seed === seed)) measurements.push(...await workloads[name]!.run(client, world?.url ?? ''))
    client.close()
    await world?.close()
  }
  console.table(measurements)
  if (process.argv.includes('--json')) console.log(JSON.stringify(measurements))
}

main().catch((error: unknown) => {
  console.error(error)
  process.exit(1)
})
