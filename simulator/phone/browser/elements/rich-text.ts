import { PhoneElement } from './phone-element'

type RichNode = { name?: string; type?: string; text?: string; attrs?: Record<string, unknown>; children?: RichNode[] }

// WeChat's list of trusted nodes and attributes; anything else is dropped with what it holds.
const NODES = new Set(
  `
    a abbr address article aside b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em fieldset
    figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins label legend li mark nav ol p pre q rp rt ruby s samp
    section small span strong sub summary sup table tbody td tfoot th thead tr tt u ul
  `
    .trim()
    .split(/\s+/),
)
const ATTRIBUTES = new Set([
  'class',
  'style',
  'alt',
  'src',
  'height',
  'width',
  'colspan',
  'rowspan',
  'align',
  'valign',
  'span',
  'start',
  'type',
  'dir',
  'size',
  'face',
  'color',
])

export class PhoneRichText extends PhoneElement {
  protected override update(name: string, value: unknown): void {
    if (name !== 'nodes') return
    this.replaceChildren(...(Array.isArray(value) ? (value as RichNode[]).flatMap(fromNode) : fromHtml(String(value ?? ''))))
  }
}

const fromHtml = (html: string): Node[] => {
  const parsed = new DOMParser().parseFromString(html, 'text/html')
  return [...parsed.body.childNodes].flatMap(cleanNode)
}

const cleanNode = (node: Node): Node[] => {
  if (node instanceof Text) return [document.createTextNode(node.data)]
  if (!(node instanceof Element)) return []
  const attributes = Object.fromEntries([...node.attributes].map(({ name, value }) => [name, value]))
  return create(node.localName, attributes, [...node.childNodes].flatMap(cleanNode))
}

const fromNode = (node: RichNode): Node[] =>
  node.type === 'text'
    ? [document.createTextNode(node.text ?? '')]
    : create(node.name ?? 'div', node.attrs ?? {}, (node.children ?? []).flatMap(fromNode))

const create = (name: string, attributes: Record<string, unknown>, children: Node[]): Node[] => {
  if (!NODES.has(name.toLowerCase())) return []
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) if (ATTRIBUTES.has(key)) element.setAttribute(key, String(value))
  element.append(...children)
  return [element]
}
