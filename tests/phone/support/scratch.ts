import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

export const fixture = path.resolve(__dirname, '../fixture')

/** A copy of the fixture that a test may break, and a folder for what is compiled from it. */
export type Scratch = {
  root: string
  out: string
  write(file: string, text: string): void
  edit(file: string, change: (text: string) => string): void
  remove(): void
}

export const openScratch = (): Scratch => {
  const folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), 'phone-'))
  const root = path.join(folder, 'miniprogram')
  fs.cpSync(fixture, root, { recursive: true })
  const write = (file: string, text: string): void => {
    fs.mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
    fs.writeFileSync(path.join(root, file), text)
  }
  return {
    root,
    out: path.join(folder, 'out'),
    write,
    edit: (file, change) => write(file, change(fs.readFileSync(path.join(root, file), 'utf8'))),
    remove: () => fs.rmSync(folder, { recursive: true, force: true }),
  }
}
