import { TmplGroup } from 'glass-easel-template-compiler'
import { toJavaScript } from './wxs'

type Mistake = { line: number; reason: string }

/** A compiled template: `code` is an expression over the free names G R X Y Z P Q D of the template runtime. */
export type Template = { code: string; imports: string[]; scripts: string[]; tags: string[]; mistakes: Mistake[] }

const INLINE_SCRIPT = /(<wxs[^>]*[^/]>)([\s\S]*?)(<\/wxs>)/g
// The compiler calls the element-creating function E and hands it the tag as its first argument.
const CREATED = /\bE\("([\w-]+)"/g

type Diagnostic = { isError: boolean; message: string; startLine: number }

export const compileTemplate = (id: string, source: string): Template => {
  const group = new TmplGroup()
  try {
    const diagnostics = group.addTmpl(
      id,
      source.replace(INLINE_SCRIPT, (_, open: string, body: string, close: string) => open + toJavaScript(body) + close),
    ) as Diagnostic[]
    const code = group.getTmplGenObject(id)
    return {
      code,
      imports: group.getDirectDependencies(id) as string[],
      scripts: (group.getScriptDependencies(id) as string[]).map((script) => script.replace(/\.wxs$/, '')),
      tags: [...new Set([...code.matchAll(CREATED)].flatMap((match) => match[1] ?? []))],
      mistakes: diagnostics.filter(({ isError }) => isError).map(({ startLine, message }) => ({ line: startLine + 1, reason: message })),
    }
  } finally {
    group.free()
  }
}

/** The functions every compiled template calls. */
export const templateRuntime = (): string => {
  const group = new TmplGroup()
  try {
    // A script must be present for the compiler to hand out the script runtime as well.
    group.addTmpl('a', '<wxs module="m">module.exports={}</wxs><view a="{{m.a}}"/>')
    return group.getRuntimeString()
  } finally {
    group.free()
  }
}

export const lineOfTag = (source: string, tag: string): number | undefined => {
  const at = source.search(new RegExp(`<${tag}[\\s/>]`))
  return at < 0 ? undefined : source.slice(0, at).split('\n').length
}
