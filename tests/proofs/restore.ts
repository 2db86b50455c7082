import { randomInt } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { isDeepStrictEqual, parseArgs } from 'node:util'
import { town } from '../../simulator/seed/town'
import { backUpWhole, download, everything, openWorld, restoreCommand, rowOf, type World } from '../backup/drill'
import { testEnvironment } from '../support/people'

const say = (line: string) => process.stdout.write(`${line}\n`)
const night = new Date('2026-11-24T19:00:00Z')
const otherKey = Buffer.alloc(32, 5).toString('base64')
const mostMegabytes = 100

const secondsOf = async <R>(work: () => Promise<R>): Promise<[R, number]> => {
  const from = performance.now()
  const result = await work()
  return [result, Math.round((performance.now() - from) / 100) / 10]
}

const flip = (file: string): void => {
  const content = fs.readFileSync(file)
  content[randomInt(content.length)]! ^= 1 << randomInt(8)
  fs.writeFileSync(file, content)
}

/** Each must be refused with these words, and leave the environment as it was. */
const refusals = (folder: string, copies: string): { name: string; backup: () => string; environment: Record<string, string>; words: RegExp }[] => {
  const parts = fs.readdirSync(folder).filter((file) => file.endsWith('.gz'))
  const spoilt = (spoil: (copy: string, part: string) => void) => () => {
    const copy = fs.mkdtempSync(path.join(copies, 'spoilt-'))
    fs.cpSync(folder, copy, { recursive: true })
    spoil(copy, parts[randomInt(parts.length)]!)
    return copy
  }
  const withKeys = { backup: () => folder, words: /Nothing was written[^]*the key (data|hash)-1 is/ }
  return [
    { ...withKeys, name: 'no key', environment: {} },
    { ...withKeys, name: 'another data key', environment: { ...testEnvironment, LINLI_DATA_KEY: otherKey } },
    { ...withKeys, name: 'another hash key', environment: { ...testEnvironment, LINLI_HASH_KEY: otherKey } },
    ...Array.from({ length: 3 }, () => ({
      name: 'a flipped bit', environment: testEnvironment, words: /Nothing was written[^]*is damaged/, backup: spoilt((copy, part) => flip(path.join(copy, part))),
    })),
    { name: 'a missing file', environment: testEnvironment, words: /Nothing was written[^]*is missing/, backup: spoilt((copy, part) => fs.rmSync(path.join(copy, part))) },
    { name: 'a file cut short', environment: testEnvironment, words: /Nothing was written[^]*bytes instead of/, backup: spoilt((copy, part) => fs.truncateSync(path.join(copy, part), 50)) },
    { name: 'no manifest', environment: testEnvironment, words: /not whole/, backup: spoilt((copy) => fs.rmSync(path.join(copy, 'manifest.json'))) },
  ]
}

const tryRefusals = async (target: World, folder: string, copies: string): Promise<{ cells: number; wrong: number }> => {
  let [cells, wrong] = [0, 0]
  for (const { name, backup, environment, words } of refusals(folder, copies)) {
    const said = await restoreCommand(['--env', target.cloud.url, '--backup', backup()], environment)
    const isRight = said.code === 1 && words.test(said.text) && everything(target).size === 0
    cells += 1
    if (!isRight) wrong += 1
    say(`${isRight ? 'refused' : 'WRONG  '}  ${name}${isRight ? '' : `: ${said.text}`}`)
  }
  return { cells, wrong }
}

const differing = (source: World, target: World): number => {
  const [before, after] = [everything(source), everything(target)]
  const wrong = [...before].filter(([id, document]) => !isDeepStrictEqual(document, after.get(id))).map(([id]) => id)
  const added = [...after.keys()].filter((id) => !before.has(id))
  for (const id of [...wrong, ...added].slice(0, 20)) say(`WRONG   ${id}`)
  return wrong.length + added.length
}

const backUp = async (source: World, killCount: number): Promise<boolean> => {
  const kills = Array.from({ length: killCount }, () => (randomInt(2) ? { beforeCall: 1 + randomInt(60) } : { afterCall: 1 + randomInt(60) }))
  const [{ runs, deaths }, seconds] = await secondsOf(() => backUpWhole(source, night, kills))
  const parts = rowOf(source, night)!.collections.flatMap((each) => each.parts)
  const bytes = parts.reduce((sum, part) => sum + part.bytes, 0)
  const peak = Math.max(...runs.map(({ peakMegabytes }) => peakMegabytes))
  say(`backed up ${parts.reduce((sum, part) => sum + part.documents, 0)} documents into ${parts.length} files of ${bytes} bytes in ${seconds} s, ` +
    `${deaths} workers killed, peak memory ${peak} MB`)
  return peak < mostMegabytes
}

/**
 * A restore drill: a town of more than 100,000 documents is backed up by the real function while its workers are killed, refused with wrong
 * keys and damaged files, and brought into an empty cloud. A cell is a document, a refusal, or a limit on memory.
 */
export const run = async (args: string[]): Promise<{ cells: number; wrong: number }> => {
  const { values } = parseArgs({ args, options: { communities: { type: 'string', default: '7' }, kills: { type: 'string', default: '12' } } })
  const source = await openWorld((await town(Number(values.communities))(night, testEnvironment)).documents)
  const target = await openWorld()
  try {
    const isSmall = await backUp(source, Number(values.kills))
    const [folder] = await secondsOf(() => download(source, '2026-11-25'))
    const refused = await tryRefusals(target, folder, source.folder)
    const said = await restoreCommand(['--env', target.cloud.url, '--backup', folder])
    if (!said.restored) throw new Error(said.text)
    const { documents, differences, seconds, peakMegabytes } = said.restored
    say(`restored ${documents} documents in ${seconds} s, read back with ${differences} differences, peak memory ${peakMegabytes} MB`)
    const count = everything(source).size
    return { cells: count + refused.cells + 1, wrong: differing(source, target) + refused.wrong + (isSmall ? 0 : 1) }
  } finally {
    await Promise.all([source.close(), target.close()])
  }
}
