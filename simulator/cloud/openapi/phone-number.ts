import { randomBytes } from 'node:crypto'
import type { People } from '../people'
import { appId } from '../platform'
import { fail, succeed } from './openapi'
import type { OpenapiCall } from './openapi'

const codeLivesMs = 5 * 60_000

export type PhoneCodes = {
  /** What tapping a getPhoneNumber button yields: good once, for five minutes. */
  issue: (openid: string) => string
  getPhoneNumber: OpenapiCall
  clear: () => void
}

export const createPhoneCodes = (people: People, now: () => number): PhoneCodes => {
  const issued = new Map<string, { openid: string; expiresAt: number }>()
  const getPhoneNumber: OpenapiCall = ({ code }) => {
    const found = typeof code === 'string' ? issued.get(code) : undefined
    if (!found || found.expiresAt <= now()) return fail(40029, 'invalid code')
    issued.delete(code as string)
    const phoneNumber = people.phoneOf(found.openid)
    const watermark = { timestamp: Math.floor(now() / 1000), appid: appId }
    return succeed({ phone_info: { phoneNumber, purePhoneNumber: phoneNumber, countryCode: '86', watermark } })
  }
  return {
    issue: (openid) => {
      const code = randomBytes(32).toString('hex')
      issued.set(code, { openid, expiresAt: now() + codeLivesMs })
      return code
    },
    getPhoneNumber,
    clear: () => issued.clear(),
  }
}
