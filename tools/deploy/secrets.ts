import fs from 'node:fs'
import { Refusal } from './refusal'

export const secretNames = ['TENCENTCLOUD_SECRETID', 'TENCENTCLOUD_SECRETKEY', 'WECHAT_UPLOAD_KEY_FILE', 'LINLI_RECOVERY_KEY'] as const
export type SecretName = (typeof secretNames)[number]
export type Secrets = Partial<Record<SecretName, string>>

/** NAME=value lines; what is set in the process's environment wins. */
export const readSecrets = (file: string, environment: Record<string, string | undefined>): Secrets => {
  const lines = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n') : []
  const written = Object.fromEntries(lines.flatMap((line) => {
    const [, name, value] = /^\s*([A-Z_]+)\s*=\s*"?(.*?)"?\s*$/.exec(line) ?? []
    return name ? [[name, value]] : []
  })) as Record<string, string>
  return Object.fromEntries(secretNames.flatMap((name) => {
    const value = environment[name] || written[name]
    return value ? [[name, value]] : []
  }))
}

export const hasCloudKeys = (secrets: Secrets): boolean => Boolean(secrets.TENCENTCLOUD_SECRETID && secrets.TENCENTCLOUD_SECRETKEY)

export const requireSecrets = (secrets: Secrets, file: string, id: string): void => {
  const how = `Set it in the environment or in ${file} (which git ignores), one NAME=value a line.`
  if (!hasCloudKeys(secrets)) {
    throw new Refusal(`TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY are missing: a key pair of the Tencent Cloud account that owns the cloud environment of ${id} (访问管理 → 访问密钥). ${how}`)
  }
  const key = secrets.WECHAT_UPLOAD_KEY_FILE
  if (!key) throw new Refusal(`WECHAT_UPLOAD_KEY_FILE is missing: the path of the 代码上传密钥 (mp.weixin.qq.com → 管理 → 开发管理 → 开发设置 → 小程序代码上传). ${how}`)
  if (!fs.existsSync(key)) throw new Refusal(`WECHAT_UPLOAD_KEY_FILE names ${key}, and there is no such file.`)
}

/** Whatever a tool answers, no secret is printed. */
export const withoutSecrets = (secrets: Secrets) => (line: string): string =>
  (['TENCENTCLOUD_SECRETID', 'TENCENTCLOUD_SECRETKEY', 'LINLI_RECOVERY_KEY'] as const).reduce((text, name) => {
    const value = secrets[name]
    return value ? text.replaceAll(value, '***') : text
  }, line)
