import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { EJSON } from 'bson'
import { manifestName, partName, type Manifest } from '../../cloudfunctions/backup/manifest'
import type { Stored } from './environment'

export type BackupFolder = {
  manifest: Manifest
  /** Reads every file and complains of what is missing or not what was written; nothing is unpacked before its checksum fits. */
  faults(): Promise<string[]>
  /** The documents of a collection, in the order of their ids. */
  documents(collection: string): AsyncGenerator<Stored>
}

export const openBackup = (folder: string): BackupFolder => {
  const file = path.join(folder, manifestName)
  if (!fs.existsSync(file)) throw new Error(`There is no ${manifestName} in ${folder}: it is written last, and a backup without it is not whole`)
  const manifest = JSON.parse(fs.readFileSync(file, 'utf8')) as Manifest
  if (manifest.format !== 1) throw new Error(`${file} is of format ${String(manifest.format)}, which this release cannot read`)

  const linesOf = (name: string) => createInterface({ input: fs.createReadStream(path.join(folder, name)).pipe(createGunzip()), crlfDelay: Infinity })

  async function* documents(collection: string): AsyncGenerator<Stored> {
    const parts = manifest.collections.find(({ name }) => name === collection)?.parts ?? []
    for (let number = 1; number <= parts.length; number += 1) {
      for await (const line of linesOf(partName(collection, number))) if (line !== '') yield EJSON.parse(line) as Stored
    }
  }

  const faultOf = async (name: string, part: Manifest['collections'][number]['parts'][number]): Promise<string | null> => {
    if (!fs.existsSync(path.join(folder, name))) return `${name} is missing`
    const content = fs.readFileSync(path.join(folder, name))
    if (content.length !== part.bytes) return `${name} has ${content.length} bytes instead of ${part.bytes}`
    if (createHash('sha256').update(content).digest('hex') !== part.sha256) return `${name} is damaged: its checksum does not fit`
    let count = 0
    for await (const line of linesOf(name)) if (line !== '') count += 1
    return count === part.documents ? null : `${name} holds ${count} documents instead of ${part.documents}`
  }

  return {
    manifest,
    documents,
    async faults() {
      const found: string[] = []
      for (const { name, parts } of manifest.collections) {
        for (const [i, part] of parts.entries()) {
          const fault = await faultOf(partName(name, i + 1), part)
          if (fault) found.push(fault)
        }
      }
      return found
    },
  }
}
