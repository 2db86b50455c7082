import fs from 'node:fs'
import path from 'node:path'
import postcss, { type AtRule, type Declaration, type Root } from 'postcss'
import selectorParser from 'postcss-selector-parser'
import { CompileError } from './compile-error'
import { toBrowserLengths } from './lengths'
import { splitPackage, type Source } from './source'
import { elementOf } from './tags'

const COMMENT = /\/\*[\s\S]*?\*\//g
const IMPORT = /@import\s+(?:url\()?\s*['"]([^'"]+)['"]\s*\)?\s*;?/g

/** Chinese must render on machines without Chinese fonts, so every family list ends in the one the phone brings along. */
export const PHONE_FONT = 'Noto Sans SC Variable'

/** A sheet's text with its imports in place, and the files it came from. */
export const inlineImports = (source: Source, file: string, seen = new Set<string>()): { text: string; files: string[] } => {
  if (seen.has(file)) return { text: '', files: [] }
  seen.add(file)
  const files = [file]
  const blanked = fs.readFileSync(file, 'utf8').replace(COMMENT, (comment) => comment.replace(/[^\n]/g, ' '))
  const text = blanked.replace(IMPORT, (_, specifier: string) => {
    const inner = inlineImports(source, resolveSheet(source, specifier, file), seen)
    files.push(...inner.files)
    return inner.text
  })
  return { text, files }
}

const resolveSheet = (source: Source, specifier: string, from: string): string => {
  const near = specifier.startsWith('/') ? path.join(source.root, specifier) : path.resolve(path.dirname(from), specifier)
  if (fs.existsSync(near)) return near
  const { name, rest } = splitPackage(specifier.replace(/^.*miniprogram_npm\//, ''))
  const folder = source.packageFolder(name)
  const packed = folder && path.join(folder, rest)
  if (packed && fs.existsSync(packed)) return packed
  throw new CompileError(source.named(from), undefined, `@import "${specifier}" is not there`)
}

/** Turns WXSS into CSS. Class names get the scope's prefix, the same the engine gives to the elements of an isolated component. */
export const toCss = (text: string, scope: string | undefined): string => {
  const root = postcss.parse(text)
  rewriteSelectors(root, scope)
  root.walkAtRules('font-face', dropRemoteFont)
  root.walkDecls(rewriteDeclaration)
  return root.toString()
}

const rewriteSelectors = (root: Root, scope: string | undefined): void => {
  const transform = selectorParser((selectors) => {
    selectors.walkTags((tag) => void (tag.value = elementOf(tag.value)))
    selectors.walkPseudos((pseudo) => {
      if (pseudo.value === ':host') pseudo.replaceWith(selectorParser.tag({ value: `[wx-host="${scope ?? ''}"]` }))
    })
    // The engine prefixes ids per component instance.
    selectors.walkIds((id) => void id.replaceWith(selectorParser.tag({ value: `:is([id="${id.value}"],[id$="--${id.value}"])` })))
    if (scope) selectors.walkClasses((name) => void (name.value = `${scope}--${name.value}`))
  })
  root.walkRules((rule) => {
    const parent = rule.parent
    if (parent?.type === 'atrule' && (parent as AtRule).name.endsWith('keyframes')) return
    rule.selector = transform.processSync(rule.selector)
  })
}

const dropRemoteFont = (rule: AtRule): void => {
  if (/https?:/.test(rule.toString())) rule.remove()
}

const rewriteDeclaration = (declaration: Declaration): void => {
  declaration.value = toBrowserLengths(declaration.value)
  if (declaration.prop === 'font-family' && !/^(inherit|initial|unset|var\()/.test(declaration.value))
    declaration.value += `, "${PHONE_FONT}"`
}

/** Finds which of the files cannot be parsed, and where. */
export const locateMistake = (source: Source, files: string[], failure: unknown): CompileError => {
  for (const file of files) {
    try {
      postcss.parse(fs.readFileSync(file, 'utf8'))
    } catch (error) {
      if (error instanceof postcss.CssSyntaxError) return new CompileError(source.named(file), error.line, error.reason)
    }
  }
  return new CompileError(source.named(files[0] ?? ''), undefined, failure instanceof Error ? failure.message : String(failure))
}
