import fs from 'node:fs'
import path from 'node:path'
import { execFileSync } from 'node:child_process'
import { root } from '../../tools/root'

/** Files under a folder, named from the project's root, without what is installed or generated. */
export const filesUnder = (folder: string, ending: RegExp = /./): string[] => {
  const place = path.join(root, folder)
  if (!fs.existsSync(place)) return []
  return (fs.readdirSync(place, { recursive: true, withFileTypes: true }) as fs.Dirent[])
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)).split(path.sep).join('/'))
    .filter((file) => ending.test(file) && !/(^|\/)(node_modules|miniprogram_npm|dist|artefacts|\.linli)\//.test(file))
    .sort()
}

/** Everything that is, or would be, committed. */
export const committedFiles = (): string[] =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8' })
    .split('\0')
    .filter((file) => file !== '' && fs.existsSync(path.join(root, file)))

export const read = (file: string): string => fs.readFileSync(path.join(root, file), 'utf8')
export const readJson = <T>(file: string): T => JSON.parse(read(file)) as T
export const lineCount = (text: string): number => text.replace(/\n$/, '').split('\n').length
