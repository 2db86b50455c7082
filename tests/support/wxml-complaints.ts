// What WeChat's compiler lets pass and a phone then does not show: names nobody defined, handlers nobody wrote.
import fs from 'node:fs'
import path from 'node:path'
import type ts from 'typescript'
import { type Offer, memberType, type Sources } from './page-source'
import { attributeOf, type Attribute, type Element, expressionsIn, isElement, type Path, parseWxml, readExpression } from './wxml'

type Scope = Map<string, ts.Type | null>
type Unit = { file: string; offer: Offer; sources: Sources; components: Map<string, Offer | null> }
type Complain = (line: number, text: string) => void

const builtIn = new Set(
  ('block template wxs import include slot view text image icon button input textarea form label checkbox checkbox-group radio radio-group switch slider picker picker-view ' +
    'picker-view-column scroll-view swiper swiper-item movable-area movable-view cover-view cover-image progress rich-text navigator canvas video map camera web-view ' +
    'page-meta navigation-bar root-portal page-container match-media share-element sticky-header sticky-section open-data official-account').split(' '),
)
const bubbling = new Set('tap longpress longtap touchstart touchmove touchend touchcancel transitionend animationstart animationend'.split(' '))
const binding = /^(?:capture-)?(?:mut-)?(?:bind|catch):?(?=[a-z])/
const everywhere = /^(?:class|style|id|slot|hidden|is|wx:.*|data-.*|aria-.*|generic:.*|mark:.*|worklet:.*|change:.*|slot:.*)$/

/** Complaints about one page or component, by its path without suffix. */
export const complaintsAboutWxml = (unitPath: string, root: string, sources: Sources): string[] => {
  const offer = sources.offerOf(`${unitPath}.ts`)
  if (!offer) return [`${path.relative(root, unitPath)}.ts: neither Page() nor Component() with an object`]
  const complaints: string[] = []
  const complain: Complain = (line, text) => complaints.push(`${path.relative(root, unitPath)}.wxml:${line} ${text}`)
  const unit: Unit = { file: unitPath, offer, sources, components: componentsOf(unitPath, root, sources) }
  const tree = parseWxml(fs.readFileSync(`${unitPath}.wxml`, 'utf8'))
  const modules = wxsModules(tree)
  visit(tree, new Map([...offer.names, ...modules.map((name): [string, null] => [name, null])]), unit, complain)
  return complaints
}

/** Tag → what the component offers; null for packages, whose sources are not ours. */
const componentsOf = (unitPath: string, root: string, sources: Sources): Map<string, Offer | null> => {
  const using = (file: string) => (JSON.parse(fs.readFileSync(file, 'utf8')) as { usingComponents?: Record<string, string> }).usingComponents ?? {}
  const all = { ...using(path.join(root, 'app.json')), ...using(`${unitPath}.json`) }
  return new Map(
    Object.entries(all).map(([tag, value]) => {
      const file = value.startsWith('/') ? path.join(root, value) : path.resolve(path.dirname(unitPath), value)
      return [tag, sources.offerOf(`${file}.ts`)]
    }),
  )
}

const wxsModules = (element: Element): string[] =>
  element.children.filter(isElement).flatMap((child) => [...(child.tag === 'wxs' ? [attributeOf(child, 'module') ?? ''] : []), ...wxsModules(child)])

const visit = (element: Element, outer: Scope, unit: Unit, complain: Complain): void => {
  // A template sees only what it is given where it is used.
  if (element.tag === 'template' && attributeOf(element, 'name')) return
  const scope = withLoop(element, outer, unit, complain)
  if (element.tag) checkElement(element, scope, unit, complain)
  for (const child of element.children) {
    if (isElement(child)) visit(child, scope, unit, complain)
    else for (const expression of expressionsIn(child.text)) checkExpression(expression, child.line, scope, unit, complain)
  }
}

const withLoop = (element: Element, outer: Scope, unit: Unit, complain: Complain): Scope => {
  const list = attributeOf(element, 'wx:for')
  if (list === undefined) return outer
  const [expression] = expressionsIn(list)
  const type = expression ? checkExpression(expression, element.line, outer, unit, complain) : null
  return new Map([
    ...outer,
    [attributeOf(element, 'wx:for-item') ?? 'item', type ? (memberType(type, null, unit.sources.checker) ?? null) : null],
    [attributeOf(element, 'wx:for-index') ?? 'index', null],
  ])
}

const checkElement = (element: Element, scope: Scope, unit: Unit, complain: Complain): void => {
  const isComponent = unit.components.has(element.tag)
  if (!isComponent && !builtIn.has(element.tag)) complain(element.line, `<${element.tag}> is not in usingComponents`)
  const component = unit.components.get(element.tag) ?? null
  for (const attribute of element.attributes) {
    if (attribute.name === 'wx:for') continue
    if (component) checkFit(attribute, element.tag, component, complain)
    if (binding.test(attribute.name)) checkHandler(attribute, scope, unit, complain)
    else for (const expression of expressionsIn(attribute.value)) checkExpression(expression, attribute.line, scope, unit, complain)
  }
}

const camel = (name: string): string => name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** Does the component have such a property, tell such an event? */
const checkFit = ({ name, line }: Attribute, tag: string, component: Offer, complain: Complain): void => {
  if (binding.test(name)) {
    const event = name.replace(binding, '')
    if (!bubbling.has(event) && !component.events.has(event)) complain(line, `<${tag}> never tells of "${event}"`)
    return
  }
  const property = name.replace(/^model:/, '')
  if (everywhere.test(property) || component.externalClasses.includes(property)) return
  if (!component.properties.has(camel(property))) complain(line, `<${tag}> has no property "${property}"`)
}

const checkHandler = ({ name, value, line }: Attribute, scope: Scope, unit: Unit, complain: Complain): void => {
  const handlers = value.includes('{{') ? [] : [value]
  for (const expression of expressionsIn(value)) {
    checkExpression(expression, line, scope, unit, complain)
    const read = readExpression(expression)
    if ('strings' in read) handlers.push(...read.strings)
  }
  for (const handler of handlers.filter((one) => one !== '')) {
    if (!unit.offer.methods.has(handler)) complain(line, `${name}="${handler}": there is no method ${handler}`)
  }
}

/** Complains about unknown names; answers the type of an expression that is one path. */
const checkExpression = (expression: string, line: number, scope: Scope, unit: Unit, complain: Complain): ts.Type | null => {
  const read = readExpression(expression)
  if ('unreadable' in read) {
    complain(line, read.unreadable)
    return null
  }
  const types = read.paths.map((one) => typeOf(one, line, scope, unit, complain))
  const isOnePath = /^[\w$.]+$/.test(expression)
  return isOnePath ? (types[0] ?? null) : null
}

const typeOf = ({ name, members }: Path, line: number, scope: Scope, unit: Unit, complain: Complain): ts.Type | null => {
  if (!scope.has(name)) {
    complain(line, `there is no "${name}" in data or properties`)
    return null
  }
  let type = scope.get(name) ?? null
  let before = name
  for (const member of members) {
    const next = memberType(type, member, unit.sources.checker)
    if (next === undefined) {
      complain(line, `there is no "${member}" in "${before}"`)
      return null
    }
    type = next
    before += `.${member}`
  }
  return type
}
