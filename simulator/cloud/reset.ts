import type { CloudOptions } from './cloud'
import { DoorRefusal } from './http/door-refusal'
import type { Services } from './services'

/** `warm`: the functions' processes go on, with what they remember (a configuration, for a minute); nothing may be running. */
export type Reset = (seed: string, functions?: 'anew' | 'warm') => Promise<void>

/** Ends the present world, with whatever runs in it, and begins the one of a seed. */
export const createReset = (services: Services, { seeds, environment }: Pick<CloudOptions, 'seeds' | 'environment'>): Reset =>
  async (name, functions = 'anew') => {
    const plant = Object.hasOwn(seeds, name) ? seeds[name] : undefined
    if (!plant) throw new DoorRefusal(`seed: there is no seed "${name}"; there are ${Object.keys(seeds).join(', ')}`)
    const { world, database, storage, people, clock } = services
    await world.end()
    if (functions === 'anew') services.host.retireAll()
    services.pay.stop()
    services.faults.clear()
    services.calls.clear()
    services.phoneCodes.clear()
    clock.set(null)
    await Promise.all([
      services.ledger.clear(), services.contentCheck.clear(), services.subscriptions.clear(), services.outbox.clear(), storage.clear(),
    ])
    const seed = await plant(new Date(clock.now()), environment)
    await database.replaceAll(seed.documents)
    for (const file of seed.files) await storage.write(file.path, file.content, file.openid)
    await people.replace(seed.people)
    await services.templates.replace(seed.templates ?? {})
    await world.begin()
  }
