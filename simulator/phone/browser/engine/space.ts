import { type UnitJson } from '../../compile/config-json'
import { markFormField } from '../elements/form'
import { associated } from './backend'
import { codeSpace, type Instance } from './engine'
import { acceptHidden } from './hidden'
import { ELEMENT_TAGS } from '../../compile/tags'

type Definition = { behaviors?: unknown[]; lifetimes?: Record<string, unknown> } & Record<string, unknown>
type Constructors = { Page: (d: Definition) => void; Component: (d: Definition) => unknown; Behavior: (d: Definition) => unknown }
type Group = Record<string, unknown>
type Unit = {
  id: string
  json: UnitJson & { usingComponents: Record<string, string> }
  templates: Group
  css: string
  scope: string | undefined
  load: () => void
  isLoaded: boolean
}

const units = new Map<string, Unit>()

export const registerUnit = (
  id: string,
  json: Unit['json'],
  templates: Group,
  css: string,
  scope: string | undefined,
  load: () => void,
): void => void units.set(id, { id, json, templates, css, scope, load, isLoaded: false })

export const unitJson = (id: string): UnitJson => units.get(id)?.json ?? {}

/** Runs a unit's script when its first page opens, after those of the components it uses: WeChat injects code on demand too. */
export const loadUnit = (id: string): void => {
  const unit = units.get(id)
  if (!unit || unit.isLoaded) return
  unit.isLoaded = true
  const generics = Object.values(unit.json.componentGenerics ?? {}).flatMap((generic) =>
    typeof generic === 'object' && generic.default ? [generic.default] : [],
  )
  for (const used of [...Object.values(unit.json.usingComponents), ...generics]) loadUnit(used.replace(/^\//, ''))
  codeSpace.addComponentStaticConfig(id, unit.json as Parameters<typeof codeSpace.addComponentStaticConfig>[1])
  codeSpace.addCompiledTemplate(id, {
    // `bindtap="x"` without a colon is an event on native nodes as well.
    fallbackListenerOnNativeNode: true,
    groupList: unit.templates,
    content: unit.templates[id],
  } as unknown as Parameters<typeof codeSpace.addCompiledTemplate>[1])
  addSheet(unit)
  codeSpace.componentEnv(id, (constructors) => {
    Object.assign(globalThis, wrapConstructors(constructors as unknown as Constructors))
    unit.load()
  })
}

const addSheet = ({ id, json, css, scope }: Unit): void => {
  if (!css && !scope) return
  const isPage = (json as { component?: boolean }).component === false
  associated.registerStyleSheetContent(id, isPage ? `@scope (wx-page[route="${id}"]) {\n${css}\n}` : css)
  codeSpace.addStyleSheet(id, id, scope)
}

let wxBehaviors: Record<string, unknown> | undefined

/** The engine does not know the behaviours WeChat names by string. */
const wrapConstructors = ({ Page, Component, Behavior }: Constructors): Constructors => {
  wxBehaviors ??= {
    'wx://form-field': Behavior({
      properties: { name: String, value: null },
      lifetimes: {
        created(this: object) {
          markFormField(this)
        },
      },
    }),
    'wx://form-field-group': Behavior({}),
    'wx://form-field-button': Behavior({}),
    'wx://component-export': Behavior({}),
    'wx://proxy-scroll-view': Behavior({}),
  }
  const known = wxBehaviors
  const mend = (definition: Definition): Definition =>
    definition.behaviors
      ? {
          ...definition,
          behaviors: definition.behaviors.map((each) =>
            typeof each === 'string' ? (known[each] ?? known['wx://component-export']) : each,
          ),
        }
      : definition
  return {
    Page: (definition) => Page(mend(definition)),
    Component: (definition) => Component(mend(definition)),
    Behavior: (definition) => Behavior(mend(definition)),
  }
}

type ReadyQueue = { triggerLifetime(name: string, args: unknown[]): void }[]

export const prepareSpace = (appCss: string): void => {
  const space = codeSpace.getComponentSpace()
  let queue: ReadyQueue = []
  // The engine leaves `ready` to its host: every attached component gets it, children first.
  const ready = space.defineBehavior({
    lifetimes: {
      created(this: Record<string, unknown>) {
        if (!this['_$']) return
        acceptHidden(this['_$'] as Instance)
        Object.defineProperty(this, '_$', { value: this['_$'], enumerable: false })
      },
      attached(this: Record<string, unknown>) {
        if (queue.length === 0) {
          setTimeout(() => {
            const attached = queue.reverse()
            queue = []
            for (const component of attached) component.triggerLifetime('ready', [])
          })
        }
        queue.push((this['_$'] ?? this) as unknown as ReadyQueue[number])
      },
    },
  } as unknown as Parameters<typeof space.defineBehavior>[0])
  codeSpace.setOverallBehavior(ready as unknown as Parameters<typeof codeSpace.setOverallBehavior>[0])
  for (const [tag, native] of Object.entries(ELEMENT_TAGS)) space.setGlobalUsingComponent(tag, native)
  codeSpace.addStyleSheet('app', 'app')
  associated.registerStyleSheetContent('app', appCss)
}
