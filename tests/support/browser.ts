import { execFileSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { inRoot } from '../../tools/root'
import { installFolder } from '../../tools/install'

/** What playwright-core's chromium.launch takes. */
export type Browser = { executablePath: string; args: string[]; env: Record<string, string> }

const onPath = (...names: string[]): string[] =>
  (process.env.PATH ?? '').split(path.delimiter).flatMap((folder) => names.map((name) => path.join(folder, name)))

const inApplications = (...names: string[]): string[] => names.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)

const inProgramFiles = (...names: string[]): string[] =>
  [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)'], process.env.LOCALAPPDATA]
    .filter((folder) => folder !== undefined)
    .flatMap((folder) => names.map((name) => path.join(folder, name)))

const usualPlaces = (): string[] => {
  if (process.platform === 'darwin') return inApplications('Google Chrome', 'Chromium', 'Microsoft Edge')
  if (process.platform === 'win32') return inProgramFiles('Google/Chrome/Application/chrome.exe', 'Microsoft/Edge/Application/msedge.exe')
  return onPath('google-chrome-stable', 'google-chrome', 'chromium', 'chromium-browser', 'microsoft-edge-stable', 'microsoft-edge')
}

const environment = (more: Record<string, string> = {}): Record<string, string> => ({ ...(process.env as Record<string, string>), ...more })

// Chromium's sandbox refuses to start for root, which is who runs a container.
const forRoot = (): string[] => (process.getuid?.() === 0 ? ['--no-sandbox'] : [])

const folder = inRoot('tests/browser')
const unpacked = path.join(folder, 'node_modules/.unpacked')

/** Unpacks beside and renames, so that a killed run leaves no half of a browser. */
const unpack = (): void => {
  if (fs.existsSync(unpacked)) return
  const beside = `${unpacked}.${process.pid}`
  fs.mkdirSync(beside, { recursive: true })
  // The package is an ES module that unpacks into the folder for temporary files; told that it runs on Lambda, it also unpacks the
  // system libraries that a bare Linux lacks.
  const script = "import('@sparticuz/chromium').then((module) => module.default.executablePath())"
  execFileSync(process.execPath, ['-e', script], { cwd: folder, env: environment({ TMPDIR: beside, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' }) })
  fs.renameSync(beside, unpacked)
}

// Without a single system font Chromium draws no text at all, not even in a web font; the package looks for its own where Lambda has them.
const pointToFonts = (): void =>
  fs.writeFileSync(
    path.join(unpacked, 'fonts/fonts.conf'),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>${unpacked}/fonts</dir><dir>/usr/share/fonts</dir><cachedir>${unpacked}/fonts-cache</cachedir></fontconfig>\n`,
  )

const bundled = async (): Promise<Browser> => {
  await installFolder(folder, 'a browser')
  unpack()
  pointToFonts()
  return {
    executablePath: path.join(unpacked, 'chromium'),
    args: ['--no-sandbox', '--no-zygote', '--in-process-gpu', '--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
    env: environment({ LD_LIBRARY_PATH: path.join(unpacked, 'al2023/lib'), FONTCONFIG_PATH: path.join(unpacked, 'fonts') }),
  }
}

/**
 * An installed Chrome, Chromium or Edge (CHROME_PATH names one); without any, on Linux x64, one from npm.
 * LINLI_BROWSER=bundled takes the one from npm in any case.
 */
export const findBrowser = async (): Promise<Browser> => {
  // `npm test` finds it once for all journeys.
  if (process.env.LINLI_BROWSER_LAUNCH) return JSON.parse(process.env.LINLI_BROWSER_LAUNCH) as Browser
  const canBundle = process.platform === 'linux' && process.arch === 'x64'
  const named = process.env.CHROME_PATH
  if (named && !fs.existsSync(named)) throw new Error(`CHROME_PATH names ${named}, which is not there`)
  if (process.env.LINLI_BROWSER === 'bundled' && canBundle) return bundled()
  const installed = named ?? usualPlaces().find((file) => fs.existsSync(file))
  if (installed) return { executablePath: installed, args: forRoot(), env: environment() }
  if (canBundle) return bundled()
  throw new Error('The journeys need Chrome, Chromium or Edge: install one, or name it in CHROME_PATH')
}
