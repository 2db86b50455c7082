import fs from 'node:fs'
import path from 'node:path'
import { type AppConfig } from './config-json'
import { CompileError } from './compile-error'
import { fingerprint, type Parts } from './parts'
import { firstExisting, isPacked, type Source } from './source'
import { ABSENT_TAGS, BUILT_IN_TAGS } from './tags'
import { collectUnits, type Unit } from './units'
import { compileTemplate, lineOfTag, templateRuntime, type Template } from './wxml'
import { requiredBy, toJavaScript } from './wxs'
import { inlineImports, locateMistake, toCss } from './wxss'

/** The mini-program as JavaScript modules by name; `entry` imports the rest. Scripts stay where they are and are required from here. */
export type Pieces = Map<string, { code: string; folder: string }>

const TEMPLATE_NAMES = 'G,R,X,Y,Z,P,Q,D'

/** Compiles everything but the scripts. Throws the first mistake found in own sources. */
export const compilePieces = (source: Source, config: AppConfig, parts: Parts): Pieces => {
  const pieces: Pieces = new Map()
  const units = collectUnits(source, config)
  const templates = compileTemplates(source, units, parts)
  for (const [id, script] of templates.scripts) add(`wxs/${id}`, `R[${quote(id)}]=D(${quote(id)},(require,exports,module)=>{${script}\n})`)
  for (const [id, template] of templates.compiled) add(`wxml/${id}`, `G[${quote(id)}]=${template.code}`)
  for (const unit of units) checkTags(source, unit, templates.compiled)

  const appSheet = path.join(source.root, 'app.wxss')
  const appCss = fs.existsSync(appSheet) ? compileSheet(source, appSheet, undefined, parts) : ''
  pieces.set('templates', { code: runtimeModule(), folder: source.root })
  for (const [index, unit] of units.entries())
    pieces.set(`unit/${unit.id}`, { code: unitModule(source, unit, `c${index}`, parts), folder: path.dirname(unit.file) })

  const app = scriptOf(path.join(source.root, 'app'))
  const entry = [
    `import ${quote('phone:templates')}`,
    ...[...templates.scripts.keys()].map((id) => `import ${quote(`phone:wxs/${id}`)}`),
    ...[...templates.compiled.keys()].map((id) => `import ${quote(`phone:wxml/${id}`)}`),
    ...units.map((unit) => `import ${quote(`phone:unit/${unit.id}`)}`),
    `globalThis.phoneRuntime.start(${quote({ ...config, appCss })}, () => ${app ? `require(${quote(app)})` : 'undefined'})`,
  ]
  pieces.set('entry', { code: entry.join('\n'), folder: source.root })
  return pieces

  function add(name: string, statement: string): void {
    pieces.set(name, { code: `import {${TEMPLATE_NAMES}} from 'phone:templates'\n${statement}`, folder: source.root })
  }
}

const quote = (value: unknown): string => JSON.stringify(value)

const scriptOf = (file: string): string | undefined => firstExisting([`${file}.ts`, `${file}.js`])

type Templates = { compiled: Map<string, Template>; scripts: Map<string, string> }

/** Templates of all units, what they import and include, and the WXS modules those need. */
const compileTemplates = (source: Source, units: Unit[], parts: Parts): Templates => {
  const compiled = new Map<string, Template>()
  const scripts = new Map<string, string>()
  const addTemplate = (id: string, from: string): void => {
    if (compiled.has(id)) return
    const file = `${source.fileOf(id)}.wxml`
    if (!fs.existsSync(file))
      throw new CompileError(`${source.named(source.fileOf(from))}.wxml`, undefined, `imports ${id}.wxml, which is not there`)
    const text = fs.readFileSync(file, 'utf8')
    const template = parts.once(fingerprint('wxml', id, text), () => compileTemplate(id, text))
    const mistake = template.mistakes[0]
    if (mistake) throw new CompileError(source.named(file), mistake.line, mistake.reason)
    compiled.set(id, template)
    for (const imported of template.imports) addTemplate(imported, id)
    for (const script of template.scripts) addScript(script, id)
  }
  const addScript = (id: string, from: string): void => {
    if (scripts.has(id)) return
    const file = `${source.fileOf(id)}.wxs`
    if (!fs.existsSync(file)) throw new CompileError(source.named(source.fileOf(from)), undefined, `uses ${id}.wxs, which is not there`)
    const script = toJavaScript(fs.readFileSync(file, 'utf8'))
    scripts.set(id, script)
    for (const required of requiredBy(script))
      addScript(required.startsWith('/') ? required.slice(1) : path.posix.join(path.posix.dirname(id), required), id)
  }
  for (const unit of units) addTemplate(unit.id, unit.id)
  return { compiled, scripts }
}

/** WeChat shows nothing for a tag it does not know; that is found here instead of by looking. */
const checkTags = (source: Source, unit: Unit, compiled: Map<string, Template>): void => {
  if (isPacked(unit.id)) return
  const template = compiled.get(unit.id)
  const unknown = template?.tags.find((tag) => !(tag in BUILT_IN_TAGS) && !(tag in unit.uses) && !(tag in unit.generics))
  if (!unknown) return
  const file = `${unit.file}.wxml`
  const reason = ABSENT_TAGS.includes(unknown)
    ? `<${unknown}> is not in this phone`
    : `<${unknown}> is neither built in nor in usingComponents`
  throw new CompileError(source.named(file), lineOfTag(fs.readFileSync(file, 'utf8'), unknown), reason)
}

const compileSheet = (source: Source, file: string, scope: string | undefined, parts: Parts): string => {
  const { text, files } = inlineImports(source, file)
  try {
    return parts.once(fingerprint('wxss', scope ?? '', text), () => toCss(text, scope))
  } catch (failure) {
    throw locateMistake(source, files, failure)
  }
}

const isShared = (unit: Unit): boolean => {
  const isolation = unit.json.styleIsolation ?? (unit.isPage ? 'shared' : 'isolated')
  return isolation === 'shared' || isolation === 'page-shared'
}

const unitModule = (source: Source, unit: Unit, freshScope: string, parts: Parts): string => {
  const scope = isShared(unit) ? undefined : freshScope
  const sheet = `${unit.file}.wxss`
  const css = fs.existsSync(sheet) ? compileSheet(source, sheet, scope, parts) : ''
  const generics = Object.keys(unit.generics).length > 0 ? unit.generics : undefined
  const json = { ...unit.json, usingComponents: unit.uses, componentGenerics: generics, component: !unit.isPage }
  const script = scriptOf(unit.file)
  if (!script) throw new CompileError(`${source.named(unit.file)}.ts`, undefined, 'is missing')
  return [
    "import {G} from 'phone:templates'",
    `globalThis.phoneRuntime.unit(${quote(unit.id)}, ${quote(json)}, G, ${quote(css)}, ${quote(scope)}, () => require(${quote(script)}))`,
  ].join('\n')
}

// Q.A runs WXS change handlers once the tree stands; Q.C gives WXS event handlers the owner's descriptor, others their event.
const WXS_HOOKS =
  'Q.A=(f)=>globalThis.phoneRuntime.wxsChange(f);Q.C=(self,event,f,isWxs)=>globalThis.phoneRuntime.wxsEvent(self,event,f,isWxs);'

const runtimeModule = (): string => {
  const globals = [
    'const getRegExp=(pattern,flags)=>new RegExp(pattern,flags)',
    'const getDate=(...parts)=>new Date(...parts)',
    'Object.assign(globalThis,{getRegExp,getDate})',
  ].join(';')
  return `var G={},R={};${templateRuntime()}\n${WXS_HOOKS}\n${globals}\nexport {${TEMPLATE_NAMES}}`
}
