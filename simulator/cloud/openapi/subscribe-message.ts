import type { Outbox } from '../outbox'
import type { People } from '../people'
import type { Records } from '../records'
import { findBadKeyword } from './keyword-values'
import { fail, succeed } from './openapi'
import type { OpenapiCall } from './openapi'

export type Subscriptions = {
  /** Counts what somebody tapped in the subscription panel: every accept is one message. */
  count: (openid: string, results: Record<string, string>) => Promise<Record<string, number>>
  send: OpenapiCall
  clear: () => Promise<void>
}

const states: unknown[] = ['developer', 'trial', 'formal']

export const openSubscriptions = (records: Records, people: People, outbox: Outbox): Subscriptions => {
  const quotas = records.table<number>('subscriptionQuotas')
  const keyOf = (openid: string, templateId: string): string => `${openid} ${templateId}`

  const count = async (openid: string, results: Record<string, string>): Promise<Record<string, number>> => {
    const accepted = Object.keys(results).filter((templateId) => results[templateId]?.startsWith('accept'))
    await Promise.all(accepted.map((templateId) => {
      const key = keyOf(openid, templateId)
      return quotas.put(key, (quotas.get(key) ?? 0) + 1)
    }))
    return Object.fromEntries(Object.keys(results).map((templateId) => [templateId, quotas.get(keyOf(openid, templateId)) ?? 0]))
  }

  const send: OpenapiCall = async ({ touser, template_id: templateId, page = '', miniprogram_state: state = 'formal', data }) => {
    if (typeof touser !== 'string' || !people.isKnown(touser)) return fail(40003, 'invalid openid')
    if (typeof templateId !== 'string' || templateId === '') return fail(40037, 'invalid template_id')
    if (!states.includes(state)) return fail(47003, 'argument invalid! miniprogram_state invalid')
    if (typeof page !== 'string' || page.startsWith('/')) return fail(41030, 'invalid page')
    const badKeyword = findBadKeyword(data)
    if (badKeyword) return fail(47003, `argument invalid! data.${badKeyword}.value invalid`)
    const key = keyOf(touser, templateId)
    const left = quotas.get(key) ?? 0
    if (left < 1) return fail(43101, 'user refuse to accept the msg')
    const values = data as Record<string, { value: string }>
    await Promise.all([
      quotas.put(key, left - 1),
      outbox.add({ kind: 'subscription', openid: touser, templateId, page, state: state as string, data: values }),
    ])
    return succeed()
  }
  return { count, send, clear: () => quotas.clear() }
}
