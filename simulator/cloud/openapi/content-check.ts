import { randomUUID } from 'node:crypto'
import { DoorRefusal } from '../http/door-refusal'
import type { People } from '../people'
import { appId } from '../platform'
import type { Records } from '../records'
import { fail, succeed } from './openapi'
import type { OpenapiCall, OpenapiReply } from './openapi'

type Suggestion = 'pass' | 'review' | 'risky'
type MediaCheck = { traceId: string; openid: string; isFinished: boolean }

export type ContentCheck = {
  msgSecCheck: OpenapiCall
  mediaCheckAsync: OpenapiCall
  /** Pushes a photo's result to the function, now; answers what the function answered. */
  finish: (traceId: string, suggest: Suggestion) => Promise<unknown>
  clear: () => Promise<void>
  close: () => void
}

type Options = {
  records: Records
  people: People
  now: () => number
  /** Calls the function that message push is set to deliver to. */
  push: (event: Record<string, unknown>) => Promise<unknown>
  /** After how long a photo passes by itself; null = never. */
  automaticMs: number | null
}

const activeWithinMs = 2 * 60 * 60_000
const longestText = 2500
const labels: Record<Suggestion, number> = { pass: 100, review: 20012, risky: 20002 }

export const openContentCheck = ({ records, people, now, push, automaticMs }: Options): ContentCheck => {
  const checks = records.table<MediaCheck>('mediaChecks')
  const timers = new Map<string, NodeJS.Timeout>()

  const refuseCaller = ({ openid, scene }: Record<string, unknown>): OpenapiReply | undefined => {
    if (typeof openid !== 'string' || !people.isKnown(openid)) return fail(40003, 'invalid openid')
    if (![1, 2, 3, 4].includes(scene as number)) return fail(40129, 'scene error')
    if (!people.wasSeenWithin(openid, activeWithinMs)) return fail(61010, 'user access record timeout')
    return undefined
  }

  const msgSecCheck: OpenapiCall = (args) => {
    const refusal = refuseCaller(args)
    if (refusal) return refusal
    const { content, version } = args
    if (version !== 2) return fail(40097, 'invalid args: version')
    if (typeof content !== 'string' || content === '') return fail(44004, 'empty content')
    if ([...content].length > longestText) return fail(45002, 'content size out of limit')
    const suggest = suggestFor([content, args.title, args.nickname, args.signature].join('\n'))
    const detail = [{ strategy: 'content_model', errcode: 0, suggest, label: labels[suggest], prob: 90 }]
    return succeed({ result: { suggest, label: labels[suggest] }, detail, trace_id: randomUUID() })
  }

  const mediaCheckAsync: OpenapiCall = async (args) => {
    const refusal = refuseCaller(args)
    if (refusal) return refusal
    if (args.version !== 2) return fail(40097, 'invalid args: version')
    if (args.media_type !== 1 && args.media_type !== 2) return fail(40097, 'invalid args: media_type')
    if (typeof args.media_url !== 'string' || !/^https?:\/\//.test(args.media_url)) return fail(40097, 'invalid args: media_url')
    const check = { traceId: randomUUID(), openid: args.openid as string, isFinished: false }
    await checks.put(check.traceId, check)
    finishLater(check.traceId)
    return succeed({ trace_id: check.traceId })
  }

  const finishLater = (traceId: string): void => {
    if (automaticMs === null) return
    timers.set(traceId, setTimeout(() => void finish(traceId, 'pass').catch(() => undefined), automaticMs))
  }

  const finish = async (traceId: string, suggest: Suggestion): Promise<unknown> => {
    const check = checks.get(traceId)
    if (!check) throw new DoorRefusal(`no photo check has the trace id ${traceId}`)
    clearTimeout(timers.get(traceId))
    timers.delete(traceId)
    await checks.put(traceId, { ...check, isFinished: true })
    const label = String(labels[suggest])
    return push({
      ToUserName: 'gh_0123456789ab',
      FromUserName: check.openid,
      CreateTime: Math.floor(now() / 1000),
      MsgType: 'event',
      Event: 'wxa_media_check',
      appid: appId,
      trace_id: traceId,
      version: 2,
      result: { suggest, label },
      detail: [{ strategy: 'content_model', errcode: 0, suggest, label, prob: 90 }],
    })
  }

  const close = (): void => {
    for (const timer of timers.values()) clearTimeout(timer)
    timers.clear()
  }
  for (const { traceId, isFinished } of checks.values()) if (!isFinished) finishLater(traceId)
  return {
    msgSecCheck,
    mediaCheckAsync,
    finish,
    clear: async () => {
      close()
      await checks.clear()
    },
    close,
  }
}

/** Two phrases stand for what WeChat would catch; nothing else is ever caught. */
const suggestFor = (text: string): Suggestion => {
  if (text.includes('违规测试')) return 'risky'
  return text.includes('疑似测试') ? 'review' : 'pass'
}
