// What WeChat's 构建 npm does with the root `dependencies`, so that the same folder exists in DevTools, in CI and in the simulator.
// One thing differs, on purpose: the icon sheet (icon-sheet.ts).
import fs from 'node:fs'
import path from 'node:path'
import { iconSheet, iconsIn, iconTable, hasDrawing, literalIconsIn } from './icon-sheet'
import { inRoot } from './root'

type PackedNpm = { packages: string[]; bytes: number; iconCount: number; iconSheetBytes: number; fontSheetBytes: number; changed: boolean }
type Manifest = { name: string; version: string; miniprogram?: string }

const packageFolder = (name: string) => inRoot('node_modules', name)
const manifestOf = (name: string) => JSON.parse(fs.readFileSync(path.join(packageFolder(name), 'package.json'), 'utf8')) as Manifest

const copyPackage = (name: string, into: string) => {
  const { miniprogram } = manifestOf(name)
  if (!miniprogram) throw new Error(`${name} is not made for mini-programs: what the phone needs of it must be written or bundled`)
  fs.rmSync(into, { recursive: true, force: true })
  fs.cpSync(path.join(packageFolder(name), miniprogram), into, { recursive: true, dereference: true })
}

const filesUnder = (folder: string): string[] =>
  fs
    .readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))

const ourSources = (miniprogramRoot: string): string[] =>
  fs
    .readdirSync(miniprogramRoot)
    .filter((name) => name !== 'miniprogram_npm')
    .map((name) => path.join(miniprogramRoot, name))
    .flatMap((file) => (fs.statSync(file).isDirectory() ? filesUnder(file) : [file]))
    .filter((file) => /\.(wxml|ts|json)$/.test(file))

const componentsIn = (jsonFile: string): string[] =>
  Object.values((JSON.parse(fs.readFileSync(jsonFile, 'utf8')) as { usingComponents?: Record<string, string> }).usingComponents ?? {})

/** Folders of the TDesign components our pages use, and of those that these use in turn. */
const componentFolders = (sources: string[], tdesign: string): string[] => {
  const folders = new Set<string>()
  const visit = (component: string) => {
    if (folders.has(path.dirname(component)) || !fs.existsSync(`${component}.json`)) return
    folders.add(path.dirname(component))
    for (const used of componentsIn(`${component}.json`)) visit(path.resolve(path.dirname(component), used))
  }
  const prefix = /^(?:\/?miniprogram_npm\/)?tdesign-miniprogram\//
  const used = sources.filter((file) => file.endsWith('.json')).flatMap(componentsIn)
  for (const component of used) if (prefix.test(component)) visit(path.join(tdesign, component.replace(prefix, '')))
  return [...folders]
}

const iconsOfShowToast = ['success', 'error', 'loading', 'none']

const refuseMissingIcons = (sources: string[], table: Set<string>, miniprogramRoot: string) => {
  const missing = sources
    .flatMap((file) =>
      literalIconsIn(fs.readFileSync(file, 'utf8'))
        .filter((icon) => !iconsOfShowToast.includes(icon) && !(table.has(icon) && hasDrawing(icon)))
        .map((icon) => `${path.relative(miniprogramRoot, file)}: there is no icon "${icon}"${table.has(icon) ? ' among the drawings' : ' in TDesign'}`),
    )
  if (missing.length > 0) throw new Error(missing.join('\n'))
}

const drawIcons = (miniprogramRoot: string, tdesign: string) => {
  const original = fs.readFileSync(path.join(packageFolder('tdesign-miniprogram'), 'miniprogram_dist/icon/icon.wxss'), 'utf8')
  const table = iconTable(original)
  const sources = ourSources(miniprogramRoot)
  refuseMissingIcons(sources, table, miniprogramRoot)
  const ours = sources.map((file) => fs.readFileSync(file, 'utf8'))
  const theirs = componentFolders(sources, tdesign).map((folder) =>
    filesUnder(folder)
      .filter((file) => /\.(wxml|wxs|js)$/.test(file))
      .map((file) => fs.readFileSync(file, 'utf8'))
      .join('\n'),
  )
  const icons = [...new Set([...ours, ...theirs].flatMap((source) => iconsIn(source, table)))].filter(hasDrawing)
  return { sheet: iconSheet(original, icons), iconCount: icons.length, fontSheetBytes: Buffer.byteLength(original) }
}

/** Lays out `miniprogram_npm`; quick when nothing changed. Throws, by file and name, on an icon that would not be drawn. */
export const packMiniprogramNpm = async ({ miniprogramRoot = inRoot('miniprogram') } = {}): Promise<PackedNpm> => {
  const { dependencies = {} } = JSON.parse(fs.readFileSync(inRoot('package.json'), 'utf8')) as { dependencies?: Record<string, string> }
  const packages = Object.keys(dependencies)
  const out = path.join(miniprogramRoot, 'miniprogram_npm')
  const versions = packages.map((name) => `${name}@${manifestOf(name).version}`)
  const stamp = path.join(out, '.packed.json')
  const packed = fs.existsSync(stamp) && fs.readFileSync(stamp, 'utf8') === JSON.stringify(versions)
  if (!packed) {
    fs.rmSync(out, { recursive: true, force: true })
    for (const name of packages) copyPackage(name, path.join(out, name))
    fs.writeFileSync(stamp, JSON.stringify(versions))
  }

  const tdesign = path.join(out, 'tdesign-miniprogram')
  const { sheet, iconCount, fontSheetBytes } = drawIcons(miniprogramRoot, tdesign)
  const sheetFile = path.join(tdesign, 'icon/icon.wxss')
  const redrawn = fs.readFileSync(sheetFile, 'utf8') !== sheet
  if (redrawn) fs.writeFileSync(sheetFile, sheet)

  return { packages: versions, bytes: folderBytes(out), iconCount, iconSheetBytes: Buffer.byteLength(sheet), fontSheetBytes, changed: !packed || redrawn }
}

const folderBytes = (folder: string): number => filesUnder(folder).reduce((sum, file) => sum + fs.statSync(file).size, 0)
