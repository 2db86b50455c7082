import { conflict, invalid } from '../_shared/errors'

/**
 * The one-time code that makes the first manager of an environment; the deployment prints it. There is one document: a new code takes
 * the place of the last, so that two codes can never both be used.
 */
export type SetupCode = {
  _id: string
  schema: number
  /** Keyed hash: who reads the database does not learn the code. */
  codeHash: string
  createdAt: Date
  expiresAt: Date
  redeemedAt: Date | null
  redeemedBy: string | null
}

export const setupCodeId = 'first-manager'
export const setupCodePurpose = 'setup-code'
const validForMs = 24 * 3_600_000
export const setupCodeBytes = 10

// Crockford's alphabet: no I, L, O or U, which are misread or misheard.
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** Eighty random bits as four groups of four letters. */
export const setupCodeOf = (random: Buffer): string => {
  const bits = [...random].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  const text = (bits.match(/.{5}/g) ?? []).map((five) => letters[Number.parseInt(five, 2)]).join('')
  return (text.match(/.{4}/g) ?? []).join('-')
}

/** However it was typed: small letters, spaces, O for 0. */
export const readSetupCode = (typed: string): string => typed.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0')

export const issueSetupCode = (codeHash: string, now: Date): SetupCode => ({
  _id: setupCodeId, schema: 1, codeHash, createdAt: now, expiresAt: new Date(now.getTime() + validForMs), redeemedAt: null, redeemedBy: null,
})

/** The code as used by this person; the same again for whoever used it. Throws for everybody else, and when it is wrong or too old. */
export const redeem = (stored: SetupCode | null, codeHash: string, memberId: string, now: Date): SetupCode => {
  if (!stored || stored.codeHash !== codeHash) throw invalid({ code: '设置码不正确，请对照部署时显示的内容重新输入' })
  if (stored.redeemedBy === memberId) return stored
  if (stored.redeemedBy !== null) throw conflict('SETUP_CODE_USED', '这个设置码已经用过，管理员已经有了，请联系他添加您')
  if (now >= stored.expiresAt) throw conflict('SETUP_CODE_EXPIRED', '设置码已过期（24 小时内有效），请重新部署得到新的设置码')
  return { ...stored, redeemedAt: now, redeemedBy: memberId }
}
