import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'

/** A personal value as stored: AES-256-GCM, all parts base64; `key` names the key that opens it. */
export type Sealed = { key: string; iv: string; tag: string; data: string }

export const currentKeyId = 'data-1'

/** The environment variable with the master key. */
export const environmentKey = 'LINLI_DATA_KEY'

export type Vault = {
  seal(plain: string): Sealed
  /** Throws when the value was sealed with another key or was altered. */
  open(sealed: Sealed): string
  /** Keyed hash for equality search; hex. */
  hash(purpose: string, plain: string): string
  /** What set-up stores and every process compares. */
  fingerprint: string
}

/** `masterKey`: 32 bytes, base64. Separate keys for sealing and for each kind of hash are derived from it. */
export const createVault = (masterKey: string): Vault => {
  const master = Buffer.from(masterKey, 'base64')
  if (master.length !== 32) throw new Error(`${environmentKey} must be 32 bytes in base64`)
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', master, '', `linli/${purpose}`, 32))
  const sealing = derive('seal')
  const hash = (purpose: string, plain: string) => createHmac('sha256', derive(`hash/${purpose}`)).update(plain).digest('hex')
  return {
    seal(plain) {
      const iv = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', sealing, iv)
      const data = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return { key: currentKeyId, iv: iv.toString('base64'), tag: cipher.getAuthTag().toString('base64'), data: data.toString('base64') }
    },
    open({ iv, tag, data }) {
      const decipher = createDecipheriv('aes-256-gcm', sealing, Buffer.from(iv, 'base64'))
      decipher.setAuthTag(Buffer.from(tag, 'base64'))
      return Buffer.concat([decipher.update(Buffer.from(data, 'base64')), decipher.final()]).toString('utf8')
    },
    hash,
    fingerprint: hash('fingerprint', currentKeyId),
  }
}

/** 13812345678 → 138****5678 */
export const maskPhone = (phone: string): string => phone.replace(/^(\d{3})\d+(\d{4})$/, '$1****$2')
