import { isInTap } from '../engine/gestures'
import { post } from '../host/doors'
import { openid, storageKey } from '../host/persona'
import { templateTitles } from '../host/templates'
import { askSubscription } from '../sheets/subscribe'
import { api, Refusal } from './call'

const ALWAYS = storageKey('#subscriptions')
const MOST_TEMPLATES = 5

type Choice = 'accept' | 'reject'

const readAlways = (): Record<string, Choice> => JSON.parse(localStorage.getItem(ALWAYS) ?? '{}') as Record<string, Choice>

const subscribe = async ({ tmplIds }: { tmplIds?: string[] }): Promise<Record<string, string>> => {
  if (!tmplIds || tmplIds.length === 0) throw new Refusal('TmplIds can\'t be empty', 10_001)
  if (tmplIds.length > MOST_TEMPLATES) throw new Refusal('Templates count out of max bounds', 20_003)
  if (!isInTap()) throw new Refusal('can only be invoked by user TAP gesture.')
  const always = readAlways()
  const open = tmplIds.filter((id) => !always[id])
  const choices: Record<string, Choice> = Object.fromEntries(tmplIds.flatMap((id) => (always[id] ? [[id, always[id]]] : [])))
  if (open.length > 0) {
    const titles = await templateTitles()
    const answer = await askSubscription(open.map((id) => ({ id, title: titles[id] ?? id })))
    Object.assign(choices, answer.choices)
    if (answer.isAlways) localStorage.setItem(ALWAYS, JSON.stringify({ ...always, ...answer.choices }))
  }
  await post('/client/subscribe', { openid, results: choices })
  return choices
}

const getSetting = ({ withSubscriptions }: { withSubscriptions?: boolean }): object => ({
  authSetting: { 'scope.userInfo': true },
  ...(withSubscriptions && { subscriptionsSetting: { mainSwitch: true, itemSettings: readAlways() } }),
})

export const subscribeApis = {
  requestSubscribeMessage: api('requestSubscribeMessage', subscribe),
  getSetting: api('getSetting', getSetting),
  openSetting: api('openSetting', () => {
    localStorage.removeItem(ALWAYS)
    return getSetting({ withSubscriptions: true })
  }),
}
