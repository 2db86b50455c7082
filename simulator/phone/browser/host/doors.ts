import { settings } from './settings'

/** Weak network: a call takes this many ms longer, as on the worst floor of a garage. */
const WEAK_MS = 2_500

export class Unreachable extends Error {}

export const awaitNetwork = async (): Promise<void> => {
  const { network } = settings()
  if (network === 'offline') throw new Unreachable('request:fail net::ERR_INTERNET_DISCONNECTED')
  if (network === 'weak') await new Promise((resolve) => setTimeout(resolve, WEAK_MS))
}

/** Calls one of the local cloud's doors over the phone's network. Throws `Unreachable` when there is no answer. */
export const post = async <Answer>(path: string, body: unknown): Promise<Answer> => {
  await awaitNetwork()
  return ask<Answer>(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })
}

export const ask = async <Answer>(path: string, init?: RequestInit): Promise<Answer> => {
  const response = await fetch(path, init).catch(() => {
    throw new Unreachable('request:fail')
  })
  const text = await response.text()
  const answer = (text ? JSON.parse(text) : {}) as Answer & { message?: string; errMsg?: string }
  if (!response.ok) throw new Error(answer.errMsg ?? answer.message ?? `request:fail status ${response.status}`)
  return answer
}
