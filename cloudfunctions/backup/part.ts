import { createHash } from 'node:crypto'
import { createGzip } from 'node:zlib'
import { EJSON } from 'bson'
import type { BackupPart } from '../_shared/backups'

export type PartWriter = {
  /** Characters taken so far: the file itself is several times smaller. */
  length: () => number
  add: (documents: object[]) => Promise<void>
  end: () => Promise<{ content: Buffer; part: BackupPart }>
}

/** Compresses as it goes: only the compressed file is ever in memory as a whole. */
export const createPart = (): PartWriter => {
  const gzip = createGzip()
  const chunks: Buffer[] = []
  gzip.on('data', (chunk: Buffer) => chunks.push(chunk))
  const ended = new Promise<void>((resolve, reject) => gzip.on('end', resolve).on('error', reject))
  let [length, documentCount] = [0, 0]
  return {
    length: () => length,
    async add(documents) {
      const lines = documents.map((document) => `${EJSON.stringify(document, { relaxed: false })}\n`).join('')
      length += lines.length
      documentCount += documents.length
      await new Promise<void>((resolve, reject) => gzip.write(lines, (error) => (error ? reject(error) : resolve())))
    },
    async end() {
      gzip.end()
      await ended
      const content = Buffer.concat(chunks)
      return { content, part: { documents: documentCount, bytes: content.length, sha256: createHash('sha256').update(content).digest('hex') } }
    },
  }
}
