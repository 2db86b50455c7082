import fs from 'node:fs'
import path from 'node:path'
import * as simulate from 'miniprogram-simulate'
import { inRoot } from '../../tools/root'
import { componentClosure } from './component-closure'
import { ownFields, phone } from './phone-world'

export { networkFailure, phone, refusal } from './phone-world'

type Methods = Record<string, (...args: unknown[]) => unknown>
type Options = {
  /** What the page is opened with: onLoad's argument. */
  query?: Record<string, string>
  /** What the cloud answers: function → action → reply data (or throw `refusal`, `networkFailure`). */
  functions?: Record<string, Record<string, (input: never) => unknown>>
  miniprogramRoot?: string
}
export type LoadedPage = {
  data: Record<string, unknown>
  /** All text on the screen, white space gone: what a person reads. */
  text(): string
  /** Whether anything matches; TDesign's own insides are found by class. */
  shows(selector: string): boolean
  tap(selector: string, detail?: object): Promise<void>
  /** An event a child component would emit: `emit('.picker', 'change', { value: 'x' })`. */
  emit(selector: string, event: string, detail: object): Promise<void>
  /** Calls one of the page's own handlers or lifecycle functions. */
  call(method: string, ...args: unknown[]): Promise<unknown>
  close(): void
}

/** Lets promises and the renderer's timers run out; longer waits in a page are the test's business. */
export const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 3; turn++) await simulate.sleep(5)
}

const screen = (globalThis as unknown as { document: { body: simulate.Host; createElement(tag: string): simulate.Host } }).document
// miniprogram-simulate lays its own wx under ours in an object of its own: from here on that one is the phone's.
phone.wx = (globalThis as unknown as { wx: Record<string, unknown> }).wx

const opened = new Set<() => void>()

afterEach(() => {
  for (const close of opened) close()
  phone.forgetEverything()
})

const ids = new Map<string, string>()

// A page's module runs once in a test file, and with it its Page(): register once, render often.
const registered = (page: string, rootPath: string): string => {
  const place = path.join(rootPath, page)
  const { usingComponents, wxmlList, wxsList } = componentClosure(page, rootPath)
  const id = ids.get(place) ?? simulate.load(place, { rootPath, usingComponents, compilerOptions: { wxmlList, wxsList } })
  ids.set(place, id)
  return id
}

/** Opens a page as WeChat does (onLoad, onShow, onReady), on a phone that remembers only what this test file stored. */
export const loadPage = async (page: string, { query = {}, functions = {}, miniprogramRoot = inRoot('miniprogram') }: Options = {}): Promise<LoadedPage> => {
  if (!fs.existsSync(path.join(miniprogramRoot, `${page}.json`))) throw new Error(`There is no page ${page}`)
  if (!fs.existsSync(path.join(miniprogramRoot, 'miniprogram_npm'))) throw new Error('TDesign is not laid out for the phone yet: run `npm run build`')
  phone.begin(functions)
  const component = simulate.render(registered(page, miniprogramRoot))
  const host = screen.body.appendChild(screen.createElement('page-host'))
  component.attach(host)

  const instance = component.instance as unknown as Methods
  Object.assign(instance, instance[ownFields]?.(), { route: page, options: query, getTabBar: () => null })
  phone.pages.push(instance)
  const call = async (method: string, ...args: unknown[]): Promise<unknown> => {
    const answer = await instance[method]?.call(instance, ...args)
    await settle()
    return answer
  }
  await call('onLoad', query)
  await call('onShow')
  await call('onReady')

  const close = (): void => {
    opened.delete(close)
    instance.onUnload?.call(instance)
    component.detach()
    host.remove()
    phone.pages.splice(phone.pages.indexOf(instance), 1)
  }
  opened.add(close)

  const find = (selector: string) => {
    const found = component.querySelector(selector)
    if (!found) throw new Error(`${page} shows no ${selector}`)
    return found
  }
  return {
    data: component.data as Record<string, unknown>,
    text: () => host.textContent.replace(/\s+/g, ''),
    shows: (selector) => component.querySelector(selector) !== undefined,
    async tap(selector, detail = {}) {
      find(selector).dispatchEvent('tap', { detail })
      await settle()
    },
    async emit(selector, event, detail) {
      find(selector).dispatchEvent(event, { detail })
      await settle()
    },
    call,
    close,
  }
}
