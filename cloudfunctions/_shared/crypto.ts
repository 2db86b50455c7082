import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto'
import { AppError } from './errors'
import { deriveKey, fingerprintsOf, type Fingerprint, type Keys } from './keys'

/** A personal value as stored: AES-256-GCM, all parts base64; `key` names the key that opens it. */
export type Sealed = { key: string; iv: string; tag: string; data: string }

export type Vault = {
  /** Always with the current key. */
  seal(plain: string): Sealed
  /** Throws UNAVAILABLE when the key that sealed the value is not at hand, or the value was altered. */
  open(sealed: Sealed): string
  /** Keyed hash for equality search; hex. The same for ever, whichever data key is current. */
  hash(purpose: string, plain: string): string
  /** The id of the key that seals. */
  currentKey: string
  fingerprints: Fingerprint[]
}

const unreadable = (reason: 'KEY_MISSING' | 'VALUE_DAMAGED', cause?: unknown) =>
  new AppError('UNAVAILABLE', '这项个人信息暂时无法读取，请管理员在「运行状况」里查看数据密钥', { reason, cause })

/** Separate keys for sealing and for each kind of hash are derived from what the environment gives. */
export const createVault = (keys: Keys): Vault => {
  const sealingKeys = new Map(keys.data.map(({ id, secret }) => [id, deriveKey(secret, 'seal')]))
  const currentKey = keys.data[0].id
  return {
    seal(plain) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', sealingKeys.get(currentKey)!, iv)
      const data = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return { key: currentKey, iv: iv.toString('base64'), tag: cipher.getAuthTag().toString('base64'), data: data.toString('base64') }
    },
    open({ key, iv, tag, data }) {
      const sealing = sealingKeys.get(key)
      if (!sealing) throw unreadable('KEY_MISSING')
      try {
        const decipher = createDecipheriv('aes-256-gcm', sealing, Buffer.from(iv, 'base64'))
        decipher.setAuthTag(Buffer.from(tag, 'base64'))
        return Buffer.concat([decipher.update(Buffer.from(data, 'base64')), decipher.final()]).toString('utf8')
      } catch (cause) {
        throw unreadable('VALUE_DAMAGED', cause)
      }
    },
    hash: (purpose, plain) => createHmac('sha256', deriveKey(keys.hash, `hash/${purpose}`)).update(plain).digest('hex'),
    currentKey,
    fingerprints: fingerprintsOf(keys),
  }
}

/** 13812345678 → 138****5678 */
export const maskPhone = (phone: string): string => phone.replace(/^(\d{3})\d+(\d{4})$/, '$1****$2')
