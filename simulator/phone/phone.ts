import fs from 'node:fs'
import { type IncomingMessage, type ServerResponse } from 'node:http'
import path from 'node:path'
import { openBuilder } from './compile/build'
import { SourceMistake } from './compile/compile-error'
import { fingerprint } from './compile/parts'
import { buildRuntime } from './compile/runtime'
import { appDocument, CONTENT_POLICY, shellDocument } from './serve/documents'
import { fontFile, fontSheet } from './serve/fonts'
import { openLive } from './serve/live'
import { sendFile, sendNothing, sendText } from './serve/send'
import { watchSources } from './serve/watch'

/** What the phone needs to know of the people who can hold it. */
type PhonePerson = { openid: string }

export type PhoneOptions = {
  miniprogramRoot: string
  /** Where compiled files and the compiler's cache are kept. */
  outFolder: string
  people: () => PhonePerson[]
  /** The cloud's clock in ms since 1970; the phone's follows it. */
  now?: () => number
  /** Done before each build, the first included; rejects with what is wrong with the source, shown like a mistake the compiler found. */
  beforeBuild?: () => Promise<void>
  /** Compile again on every edit and reload the open pages. */
  watch?: boolean
}

export type Phone = {
  /** Answers `/`, `/app.html` and `/phone/*`; false means the request is somebody else's. */
  serve(request: IncomingMessage, response: ServerResponse): Promise<boolean>
  /** The first build is done; rejects with the compiler's message. */
  ready: Promise<void>
  close(): Promise<void>
}

/** Compiles the mini-program at `miniprogramRoot` and serves it as a phone in the browser. */
export const startPhone = async (options: PhoneOptions): Promise<Phone> => {
  const { miniprogramRoot, outFolder, people, now = Date.now, beforeBuild, watch = false } = options
  fs.mkdirSync(outFolder, { recursive: true })
  const builder = openBuilder(miniprogramRoot, outFolder)
  let version = ''
  let mistake: string | undefined
  const live = openLive(now, () => ({ kind: 'state', version, ...(mistake && { mistake }) }))

  const build = async (): Promise<void> => {
    try {
      // Also when the source has a mistake: it is the runtime that shows it.
      const runtime = await buildRuntime(outFolder)
      await beforeBuild?.().catch((reason: Error) => {
        throw new SourceMistake(reason.message)
      })
      const { key } = await builder.build()
      version = fingerprint(runtime, key)
      mistake = undefined
    } catch (failure) {
      mistake = failure instanceof SourceMistake ? failure.message : String(failure instanceof Error ? failure.stack : failure)
      throw failure
    } finally {
      live.tell({ kind: 'state', version, ...(mistake && { mistake }) })
    }
  }

  const ready = build()
  // Whoever awaits it hears the rejection; nobody awaiting it must not end the process.
  ready.catch(() => undefined)
  const watcher = watch ? watchSources(miniprogramRoot, () => build().catch(() => undefined)) : undefined

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const { pathname } = new URL(request.url ?? '/', 'http://phone')
    if (request.method !== 'GET') return false
    const state = () => ({ version, openid: people()[0]?.openid ?? '', now: now() })
    if (pathname === '/' || pathname === '/app.html') {
      await ready.catch(() => undefined)
      const html = pathname === '/' ? shellDocument(state()) : appDocument(state())
      sendText(response, html, '.html', { 'content-security-policy': CONTENT_POLICY })
      return true
    }
    if (!pathname.startsWith('/phone/')) return false
    servePart(pathname.slice('/phone/'.length), response)
    return true
  }

  const servePart = (name: string, response: ServerResponse): void => {
    if (name === 'events') return live.add(response)
    if (name === 'fonts.css') return sendText(response, fontSheet(), '.css', { 'cache-control': 'max-age=86400' })
    if (name.startsWith('fonts/')) return sendFile(response, fontFile(name), true)
    if (name.startsWith('files/')) return sendOwnFile(decodeURIComponent(name.slice('files/'.length)), response)
    return sendFile(response, path.join(outFolder, path.basename(name)), false)
  }

  const sendOwnFile = (name: string, response: ServerResponse): void => {
    const file = path.join(builder.source.root, path.normalize(`/${name}`))
    return file.startsWith(builder.source.root) ? sendFile(response, file, false) : sendNothing(response)
  }

  return {
    serve,
    ready,
    close: async () => {
      await watcher?.close()
      live.close()
      await ready.catch(() => undefined)
      await builder.close()
    },
  }
}
