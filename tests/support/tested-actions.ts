// Which actions exist, who may call them, and what their function tests say of it: read from the sources, nothing is run.
import ts from 'typescript'

export type Action = { name: string; isForAnyone: boolean }

/** The rows of `serve('repairs', contract, { create: { allow: resident, … } })`. */
export const actionsServed = (indexSource: string): Action[] => {
  const found: Action[] = []
  walk(parse(indexSource), (node) => {
    if (!ts.isCallExpression(node) || node.expression.getText() !== 'serve') return
    const [service, , table] = node.arguments
    if (!service || !ts.isStringLiteral(service) || !table || !ts.isObjectLiteralExpression(table)) return
    for (const row of table.properties) {
      if (!ts.isPropertyAssignment(row) || !ts.isObjectLiteralExpression(row.initializer)) continue
      const allow = row.initializer.properties.find((one) => one.name?.getText() === 'allow')
      found.push({ name: `${service.text}.${row.name.getText()}`, isForAnyone: !!allow && ts.isPropertyAssignment(allow) && openToMembers.includes(allow.initializer.getText()) })
    }
  })
  return found
}

// Audiences without a role: whoever is refused there is refused for another reason.
const openToMembers = ['anyone', 'registered']

/** Title of a `describe` → titles of the tests in it. */
export const testTitles = (testSource: string): Map<string, string[]> => {
  const titles = new Map<string, string[]>()
  walk(parse(testSource), (node) => {
    const title = titleOf(node, 'describe')
    if (title === undefined) return
    const inside: string[] = []
    walk(node, (child) => {
      const test = titleOf(child, 'it') ?? titleOf(child, 'test')
      if (test !== undefined) inside.push(test)
    })
    titles.set(title, [...(titles.get(title) ?? []), ...inside])
  })
  return titles
}

/** `it('…')`, and `it.each(…)('…')`; a skipped test says nothing. */
const titleOf = (node: ts.Node, name: 'describe' | 'it' | 'test'): string | undefined => {
  if (!ts.isCallExpression(node)) return undefined
  const called = node.expression.getText()
  const title = node.arguments[0]
  const isCall = called === name || (called.startsWith(`${name}.each`) && ts.isCallExpression(node.expression))
  return isCall && title && ts.isStringLiteralLike(title) ? title.text : undefined
}

/** What the tests of an action leave unsaid. */
export const unproved = ({ name, isForAnyone }: Action, titles: Map<string, string[]>): string[] => {
  const tests = titles.get(name)
  if (!tests) return [`${name}: no describe('${name}')`]
  const says = (pattern: RegExp, among = tests) => among.some((title) => pattern.test(title))
  const ofMembers = tests.filter((title) => !/\bstranger\b/.test(title))
  return [
    ...(says(/\bcan\b/) ? [] : [`${name}: no test says who can`]),
    ...(isForAnyone || says(/\bcannot\b|\bnobody can\b/, ofMembers) ? [] : [`${name}: no test says which member cannot`]),
    ...(says(/\bstranger\b/) ? [] : [`${name}: no test says what a stranger gets`]),
  ]
}

const parse = (source: string): ts.SourceFile => ts.createSourceFile('x.ts', source, ts.ScriptTarget.ES2022, true)

const walk = (node: ts.Node, see: (node: ts.Node) => void): void => {
  see(node)
  ts.forEachChild(node, (child) => walk(child, see))
}
