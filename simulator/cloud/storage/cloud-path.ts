/**
 * Says what is wrong with a path in cloud storage, or undefined when it is one. A path that climbs out, in whatever
 * writing, is refused here although no path of a client ever names a file on disk.
 */
export const findPathFault = (cloudPath: unknown): string | undefined => {
  if (typeof cloudPath !== 'string' || cloudPath === '') return 'cloudPath must be a non-empty string'
  if (cloudPath.length > 512) return 'cloudPath must be at most 512 characters'
  const readings = [cloudPath, decodeFully(cloudPath)]
  for (const reading of readings) {
    if (reading === undefined) return 'cloudPath must not hold a broken % escape'
    if (hasControlCharacter(reading)) return 'cloudPath must not hold control characters'
    if (reading.includes('\\')) return 'cloudPath must not hold a backslash'
    if (reading.startsWith('/') || /^[a-z]:/i.test(reading)) return 'cloudPath must be relative'
    if (reading.includes('//') || reading.endsWith('/')) return 'cloudPath must not hold an empty part'
    if (reading.split('/').some((part) => part === '..' || part === '.')) return 'cloudPath must not climb'
  }
  return undefined
}

// A gateway on the way may decode more than once.
const decodeFully = (text: string): string | undefined => {
  try {
    let present = text
    for (let round = 0; round < 5; round++) {
      const decoded = decodeURIComponent(present)
      if (decoded === present) return present
      present = decoded
    }
    return undefined
  } catch {
    return undefined
  }
}

const hasControlCharacter = (text: string): boolean => [...text].some((character) => character < ' ' || character === '\u007f')
