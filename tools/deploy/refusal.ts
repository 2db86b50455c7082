/** Something that stops a deployment and that a person can mend; the message says how. */
export class Refusal extends Error {}

type ToolFailure = { code?: unknown; message?: unknown }

const said = (error: unknown): string => {
  const { code, message } = (error ?? {}) as ToolFailure
  return `${typeof code === 'string' || typeof code === 'number' ? code : ''} ${typeof message === 'string' ? message : String(error)}`.trim()
}

/** What the two tools are known to answer (their codes and words) → what the person does about it. The first that fits counts. */
const causes: [RegExp, (answer: string) => string][] = [
  [/invalid ip/i, (answer) =>
    `WeChat takes uploads from known addresses only, and this machine's is not one of them (${/\d+\.\d+\.\d+\.\d+/.exec(answer)?.[0] ?? 'see the answer'}). In mp.weixin.qq.com open 管理 → 开发管理 → 开发设置 → 小程序代码上传 and add it to the IP 白名单.`],
  [/AuthFailure\.SecretIdNotFound|AuthFailure\.SignatureFailure|AuthFailure\.InvalidSecretId|AuthFailure\.TokenFailure/, () =>
    'Tencent Cloud does not accept the key. Set TENCENTCLOUD_SECRETID and TENCENTCLOUD_SECRETKEY to a key pair of 访问管理 → 访问密钥 → API 密钥管理, of the account that owns the cloud environment.'],
  [/AuthFailure|UnauthorizedOperation|OperationDenied/, () =>
    'The Tencent Cloud key may not do this. In 访问管理 give its user QcloudTCBFullAccess and QcloudSCFFullAccess, then run again.'],
  [/env not found|Environment .* not found|ResourceNotFound\.Env|InvalidParameter\.EnvId|-501005/i, () =>
    'There is no such cloud environment in this account. Compare cloudEnvironment in environments.json with 云开发控制台 → 设置 → 环境 ID; the environment, the AppID and both keys must belong together.'],
  [/LimitExceeded|QuotaExceed|quota|配额|-501003|ExceedAuthority/i, () =>
    'The plan of this cloud environment is used up. See 云开发控制台 → 设置 → 环境 → 配额, change the plan (or wait until tomorrow, where it is a daily one), then run again.'],
  [/private ?key|PEM|DECODER|error:1E08010C|invalid signature|sign invalid|-10007/i, () =>
    'WeChat does not accept the upload key. WECHAT_UPLOAD_KEY_FILE must name the file private.<AppID>.key of this very AppID; a newer one replaces it: mp.weixin.qq.com → 管理 → 开发管理 → 开发设置 → 小程序代码上传 → 重置.'],
  [/duplicate key|E11000|Duplicate/i, () =>
    'What is stored holds the same value twice, so the unique index cannot be made. Look for the documents named in the answer, settle with the people concerned which one is right, then run again.'],
  [/ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|fetch failed/, () =>
    'It could not be reached from this machine. Check the network (or set https_proxy), then run again.'],
]

/** The sentence for a failure of a tool while doing something. A Refusal is already one. */
export const refusalOf = (error: unknown, doing: string): Refusal => {
  if (error instanceof Refusal) return error
  const answer = said(error)
  const advice = causes.find(([pattern]) => pattern.test(answer))?.[1](answer)
    ?? 'Nothing after it was done. Once it is mended, run the same command again: it goes on where it stopped.'
  return new Refusal(`${doing}: refused. ${advice}\n  The answer was: ${answer}`)
}
