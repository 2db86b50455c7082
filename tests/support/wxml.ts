// A reader of WXML, as far as names go: elements, attributes, and the expressions between {{ and }}.
import ts from 'typescript'

export type Element = { tag: string; line: number; attributes: Attribute[]; children: Node[]; parent: Element | null }
export type Attribute = { name: string; value: string; line: number }
export type Text = { text: string; line: number }
export type Node = Element | Text

export const isElement = (node: Node): node is Element => 'tag' in node
export const attributeOf = (element: Element, name: string): string | undefined => element.attributes.find((one) => one.name === name)?.value

const tagStart = /<!--[\s\S]*?-->|<\/\s*([\w-]+)\s*>|<([\w-]+)((?:\s+[^\s=>/]+(?:\s*=\s*(?:"[^"]*"|'[^']*'))?)*)\s*(\/?)>/g
const attribute = /([^\s=>/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'))?/g

/** The elements of a file under one root; WeChat's compiler has judged already whether it is well formed. */
export const parseWxml = (source: string): Element => {
  const root: Element = { tag: '', line: 1, attributes: [], children: [], parent: null }
  const lineAt = (index: number): number => source.slice(0, index).split('\n').length
  let open = root
  let last = 0
  for (const match of source.matchAll(tagStart)) {
    if (match.index < last) continue
    const [whole, closing, opening, attributes = '', selfClosing] = match
    addText(open, source.slice(last, match.index), lineAt(last))
    last = match.index + whole.length
    if (closing) open = open.parent ?? root
    if (!opening) continue
    const line = lineAt(match.index)
    const element: Element = { tag: opening, line, attributes: attributesIn(attributes, line), children: [], parent: open }
    open.children.push(element)
    if (selfClosing) continue
    if (opening === 'wxs') last = source.indexOf('</wxs>', last) + '</wxs>'.length
    else open = element
  }
  addText(open, source.slice(last), lineAt(last))
  return root
}

const addText = (open: Element, text: string, line: number): void => {
  if (text.trim()) open.children.push({ text, line })
}

const attributesIn = (source: string, line: number): Attribute[] =>
  [...source.matchAll(attribute)].map((match) => ({
    name: match[1]!,
    value: match[2] ?? match[3] ?? '',
    line: line + source.slice(0, match.index).split('\n').length - 1,
  }))

/** What stands between {{ and }}. */
export const expressionsIn = (text: string): string[] => [...text.matchAll(/\{\{([\s\S]*?)\}\}/g)].map((match) => match[1]!.trim())

// `('home', ['desk', 'waiting'])` for home.desk.waiting; null for a key known only at run time, as in counts[kind].
export type Path = { name: string; members: (string | null)[] }
export type Read = { paths: Path[]; strings: string[] } | { unreadable: string }

/** Names an expression reads. WXML's expressions are JavaScript without calls (but of WXS), `?.`, `??`, templates and functions. */
export const readExpression = (expression: string): Read => {
  // A template's data is an object without its braces: `a, ...b` or `a: b`.
  const parsed = parse(`(${expression})`) ?? parse(`({${expression}})`)
  if (!parsed) return { unreadable: `{{${expression}}} cannot be read` }
  const paths: Path[] = []
  const strings: string[] = []
  let unknown: string | undefined
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node)) strings.push(node.text)
    if (notInWxml(node)) unknown = `{{${expression}}}: WXML knows no ${node.getText()}`
    const path = pathOf(node)
    if (path) {
      paths.push(path)
      forEachKey(node, visit)
      return
    }
    if (ts.isPropertyAssignment(node)) return visit(node.initializer)
    ts.forEachChild(node, visit)
  }
  visit(parsed)
  return unknown ? { unreadable: unknown } : { paths, strings }
}

const parse = (code: string): ts.SourceFile | null => {
  const file = ts.createSourceFile('x.ts', code, ts.ScriptTarget.ES2020, true) as ts.SourceFile & { parseDiagnostics: unknown[] }
  return file.parseDiagnostics.length > 0 || file.statements.length !== 1 ? null : file
}

const notInWxml = (node: ts.Node): boolean =>
  ts.isTemplateExpression(node) ||
  ts.isNoSubstitutionTemplateLiteral(node) ||
  ts.isArrowFunction(node) ||
  ts.isNewExpression(node) ||
  (ts.isPropertyAccessExpression(node) && node.questionDotToken !== undefined) ||
  (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.QuestionQuestionToken)

const words = ['undefined', 'true', 'false', 'null']

const pathOf = (node: ts.Node): Path | null => {
  if (ts.isIdentifier(node)) return words.includes(node.text) ? null : { name: node.text, members: [] }
  if (ts.isShorthandPropertyAssignment(node)) return { name: node.name.text, members: [] }
  if (ts.isPropertyAccessExpression(node)) return extend(pathOf(node.expression), node.name.text)
  if (ts.isElementAccessExpression(node)) return extend(pathOf(node.expression), ts.isStringLiteral(node.argumentExpression) ? node.argumentExpression.text : null)
  return null
}

const extend = (path: Path | null, member: string | null): Path | null => path && { ...path, members: [...path.members, member] }

/** The keys inside the brackets of a path are expressions of their own. */
const forEachKey = (node: ts.Node, visit: (node: ts.Node) => void): void => {
  if (ts.isElementAccessExpression(node)) visit(node.argumentExpression)
  if (ts.isElementAccessExpression(node) || ts.isPropertyAccessExpression(node)) forEachKey(node.expression, visit)
}
