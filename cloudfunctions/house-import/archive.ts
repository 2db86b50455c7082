import { inflateRawSync } from 'node:zlib'

/** Why a file cannot be read at all: a sentence for the person who chose it. */
export class UnreadableFile extends Error {}

const damaged = () => new UnreadableFile('这个表格已损坏，打不开。请在表格软件里重新保存一份 .xlsx 再上传')
const mostEntries = 2_000
const [localMark, entryMark, endMark] = [0x04034b50, 0x02014b50, 0x06054b50]

type Entry = { name: string; method: number; packedSize: number; size: number; at: number }

const requireXlsx = (file: Buffer): void => {
  if (file.length < 22) throw damaged()
  // The container of .xls, and of .xlsx with a password.
  if (file.readUInt32BE(0) === 0xd0cf11e0) throw new UnreadableFile('这是旧版 .xls 表格，或加了密码。请在表格软件里另存为不带密码的 .xlsx 再上传')
  if (file.readUInt32LE(0) !== localMark) throw new UnreadableFile('这不是 .xlsx 表格。如果是 .csv 或其他格式，请用表格软件打开，另存为 .xlsx 再上传')
}

const findEnd = (file: Buffer): number => {
  for (let at = file.length - 22; at >= Math.max(0, file.length - 22 - 0xffff); at -= 1) if (file.readUInt32LE(at) === endMark) return at
  throw damaged()
}

/** What the archive's directory says is in it. */
const entriesOf = (file: Buffer): Entry[] => {
  const end = findEnd(file)
  const count = file.readUInt16LE(end + 10)
  if (count > mostEntries) throw new UnreadableFile('这个表格里的附件太多，请只保留数据，另存为新的 .xlsx 再上传')
  let at = file.readUInt32LE(end + 16)
  return Array.from({ length: count }, () => {
    if (file.readUInt32LE(at) !== entryMark) throw damaged()
    if ((file.readUInt16LE(at + 8) & 1) === 1) throw new UnreadableFile('这个表格加了密码，请去掉密码后再上传')
    const [nameLength, extraLength, noteLength] = [file.readUInt16LE(at + 28), file.readUInt16LE(at + 30), file.readUInt16LE(at + 32)]
    const entry = {
      name: file.toString('utf8', at + 46, at + 46 + nameLength).replace(/^\/+/, ''), method: file.readUInt16LE(at + 10),
      packedSize: file.readUInt32LE(at + 20), size: file.readUInt32LE(at + 24), at: file.readUInt32LE(at + 42),
    }
    at += 46 + nameLength + extraLength + noteLength
    return entry
  })
}

const unpack = (file: Buffer, { at, method, packedSize, size }: Entry): Buffer => {
  if (file.readUInt32LE(at) !== localMark) throw damaged()
  const from = at + 30 + file.readUInt16LE(at + 26) + file.readUInt16LE(at + 28)
  const packed = file.subarray(from, from + packedSize)
  if (packed.length !== packedSize) throw damaged()
  if (method === 0 && packedSize === size) return packed
  if (method !== 8) throw damaged()
  // Not a byte more than declared, whatever the archive holds: what is declared has been added up before.
  const content = size === 0 ? Buffer.alloc(0) : inflateRawSync(packed, { maxOutputLength: size })
  if (content.length !== size) throw damaged()
  return content
}

/**
 * The XML parts of a spreadsheet by name. `mostBytes`: of all of them, unpacked; refused before anything is. Throws UnreadableFile for
 * what is damaged, locked, too large, or no .xlsx.
 */
export const openArchive = (file: Buffer, mostBytes: number): Map<string, Buffer> => {
  requireXlsx(file)
  try {
    const entries = entriesOf(file)
    if (entries.reduce((sum, { size }) => sum + size, 0) > mostBytes) {
      throw new UnreadableFile('这个表格展开后太大，请删除多余的内容和空行，或分成几个文件导入')
    }
    const parts = entries.filter(({ name }) => /\.(xml|rels)$/.test(name)).map((entry) => [entry.name, unpack(file, entry)] as const)
    if (!parts.some(([name]) => name === 'xl/workbook.xml')) throw new UnreadableFile('这不是 .xlsx 表格，请用表格软件另存为 .xlsx 再上传')
    return new Map(parts)
  } catch (error) {
    throw error instanceof UnreadableFile ? error : damaged()
  }
}

/** The parts as an archive again, with nothing packed: what is read further is what was checked here, and costs no second unpacking. */
export const packPlainly = (parts: Map<string, Buffer>): ArrayBuffer => {
  const [locals, directory]: [Buffer[], Buffer[]] = [[], []]
  let at = 0
  for (const [name, content] of parts) {
    const path = Buffer.from(name)
    const [local, entry] = [Buffer.alloc(30), Buffer.alloc(46)]
    local.writeUInt32LE(localMark, 0)
    entry.writeUInt32LE(entryMark, 0)
    for (const [header, sizes, length] of [[local, 18, 26], [entry, 20, 28]] as const) {
      header.writeUInt32LE(content.length, sizes)
      header.writeUInt32LE(content.length, sizes + 4)
      header.writeUInt16LE(path.length, length)
    }
    entry.writeUInt32LE(at, 42)
    locals.push(local, path, content)
    directory.push(entry, path)
    at += local.length + path.length + content.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(endMark, 0)
  end.writeUInt16LE(parts.size, 8)
  end.writeUInt16LE(parts.size, 10)
  end.writeUInt32LE(directory.reduce((sum, { length }) => sum + length, 0), 12)
  end.writeUInt32LE(at, 16)
  const whole = Buffer.concat([...locals, ...directory, end])
  return whole.buffer.slice(whole.byteOffset, whole.byteOffset + whole.length) as ArrayBuffer
}
