// What a page or a component offers to its WXML, read from its TypeScript through the compiler's own eyes.
import path from 'node:path'
import ts from 'typescript'

export type Offer = {
  /** Data and properties; null where only the name is known. */
  names: Map<string, ts.Type | null>
  properties: Set<string>
  methods: Set<string>
  /** Events the unit tells its user of. */
  events: Set<string>
  externalClasses: string[]
}
export type Sources = { checker: ts.TypeChecker; offerOf(file: string): Offer | null }

/** Reads a whole mini-program once; `offerOf` answers null for a file without Page() or Component(). */
export const readSources = (configFile: string): Sources => {
  const config = ts.getParsedCommandLineOfConfigFile(configFile, {}, { ...ts.sys, onUnRecoverableConfigFileDiagnostic: (one) => fail(one.messageText) })!
  const program = ts.createProgram(config.fileNames, config.options)
  const checker = program.getTypeChecker()
  return {
    checker,
    offerOf: (file) => {
      const source = program.getSourceFile(path.resolve(file))
      const call = source && findCall(source, ['Page', 'Component'])
      return call ? offerOf(call, checker) : null
    },
  }
}

const fail = (message: string | ts.DiagnosticMessageChain): never => {
  throw new Error(ts.flattenDiagnosticMessageText(message, '\n'))
}

const findCall = (node: ts.Node, names: string[]): ts.CallExpression | undefined => {
  if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && names.includes(node.expression.text)) return node
  return ts.forEachChild(node, (child) => findCall(child, names))
}

const offerOf = (call: ts.CallExpression, checker: ts.TypeChecker): Offer => {
  const offer: Offer = { names: new Map(), properties: new Set(), methods: new Set(), events: new Set(), externalClasses: [] }
  const options = call.arguments[0]
  if (options && ts.isObjectLiteralExpression(options)) take(options, call.expression.getText() === 'Page', offer, checker)
  return offer
}

const take = (options: ts.ObjectLiteralExpression, isPage: boolean, offer: Offer, checker: ts.TypeChecker): void => {
  for (const [name, value] of entries(options)) {
    if (name === 'data') takeTypes(value, offer, checker)
    else if (name === 'properties') takeProperties(value, offer, checker)
    else if (name === 'behaviors') takeBehaviors(value, offer, checker)
    else if (name === 'methods' && ts.isObjectLiteralExpression(value)) entries(value).forEach(([method]) => offer.methods.add(method))
    else if (name === 'externalClasses' && ts.isArrayLiteralExpression(value)) offer.externalClasses.push(...value.elements.filter(ts.isStringLiteral).map((one) => one.text))
    else if (isPage) offer.methods.add(name)
  }
  if (isPage) takeSpreads(options, offer, checker)
  takeCalls(options, offer)
}

const entries = (literal: ts.ObjectLiteralExpression): [string, ts.Node][] =>
  literal.properties.flatMap((property): [string, ts.Node][] => {
    if (!property.name) return []
    const name = ts.isComputedPropertyName(property.name) ? '' : property.name.getText().replace(/^['"]|['"]$/g, '')
    return [[name, ts.isPropertyAssignment(property) ? property.initializer : property]]
  })

/** `Page({ ...asksWhenShown })`: what the spread object has is the page's own. */
const takeSpreads = (options: ts.ObjectLiteralExpression, offer: Offer, checker: ts.TypeChecker): void => {
  const spread = options.properties.filter(ts.isSpreadAssignment)
  for (const one of spread) checker.getTypeAtLocation(one.expression).getProperties().forEach(({ name }) => offer.methods.add(name))
}

const takeTypes = (data: ts.Node, offer: Offer, checker: ts.TypeChecker): void => {
  for (const property of checker.getTypeAtLocation(data).getProperties()) offer.names.set(property.name, checker.getTypeOfSymbolAtLocation(property, data))
}

const takeProperties = (properties: ts.Node, offer: Offer, checker: ts.TypeChecker): void => {
  if (!ts.isObjectLiteralExpression(properties)) return
  for (const [name, value] of entries(properties)) {
    const given = ts.isObjectLiteralExpression(value) ? entries(value).find(([key]) => key === 'value')?.[1] : undefined
    offer.names.set(name, given ? checker.getTypeAtLocation(given) : null)
    offer.properties.add(name)
  }
}

/** `behaviors: [look]`, where look is somewhere `const look = Behavior({...})`. */
const takeBehaviors = (behaviors: ts.Node, offer: Offer, checker: ts.TypeChecker): void => {
  if (!ts.isArrayLiteralExpression(behaviors)) return
  for (const one of behaviors.elements) {
    const symbol = checker.getSymbolAtLocation(one)
    const declared = symbol && (symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol).valueDeclaration
    const options = declared && findCall(declared, ['Behavior'])?.arguments[0]
    if (options && ts.isObjectLiteralExpression(options)) take(options, false, offer, checker)
  }
}

const takeCalls = (node: ts.Node, offer: Offer): void => {
  const [first] = ts.isCallExpression(node) ? node.arguments : []
  const called = ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression) ? node.expression.name.text : ''
  if (called === 'triggerEvent' && first) stringsIn(first).forEach((event) => offer.events.add(event))
  if (called === 'setData' && first && ts.isObjectLiteralExpression(first)) {
    for (const [key] of entries(first)) {
      const name = /^[\w$]+/.exec(key)?.[0]
      if (name && !offer.names.has(name)) offer.names.set(name, null)
    }
  }
  ts.forEachChild(node, (child) => takeCalls(child, offer))
}

const stringsIn = (node: ts.Node): string[] => {
  if (ts.isStringLiteralLike(node)) return [node.text]
  return ts.isConditionalExpression(node) ? [...stringsIn(node.whenTrue), ...stringsIn(node.whenFalse)] : []
}

/** The type of `base.member`, null where types do not tell, undefined where they tell that it is not there. */
export const memberType = (base: ts.Type | null, member: string | null, checker: ts.TypeChecker): ts.Type | null | undefined => {
  if (!base) return null
  const type = checker.getNonNullableType(base)
  if (type.flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown | ts.TypeFlags.Never)) return null
  const parts = type.isUnion() ? type.types : [type]
  if (member === null || /^\d+$/.test(member)) return parts.length === 1 ? (type.getNumberIndexType() ?? null) : null
  const found = parts.map((part) => checker.getApparentType(part)).flatMap((part): (ts.Type | null)[] => {
    const property = checker.getPropertyOfType(part, member)
    if (property) return [checker.getTypeOfSymbol(property)]
    const isOpen = part.getStringIndexType() !== undefined || part.getProperties().length === 0
    return isOpen ? [null] : []
  })
  return found.length === 1 || found.some((one) => one === null) ? found[0]! : found.length === 0 ? undefined : null
}
