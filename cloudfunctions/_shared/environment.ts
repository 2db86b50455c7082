import { AppError } from './errors'

/** What an environment is for. A demonstration is shown to WeChat's reviewers: whoever opens it gets a home to try. */
export const environmentKinds = ['development', 'demonstration', 'production'] as const
export type EnvironmentKind = (typeof environmentKinds)[number]

/** Set by the deployment: the environment's id in environments.json, and its kind. */
export const environmentVariable = 'LINLI_ENVIRONMENT'
export const environmentKindVariable = 'LINLI_ENVIRONMENT_KIND'

/** Null where no deployment said: a local cloud. */
export const environmentId = (): string | null => process.env[environmentVariable] || null

/** Only what a deployment called a demonstration is one; anything unknown is judged as production, the strictest. */
export const environmentKind = (): EnvironmentKind =>
  environmentKinds.find((kind) => kind === process.env[environmentKindVariable]) ?? 'production'

/**
 * Throws UPGRADE_REQUIRED, reason OTHER_ENVIRONMENT, for a phone built for another environment than these functions: its people, homes
 * and money are not ours. A phone that names none, or functions that were told none, are let through.
 */
export const requireSameEnvironment = (phone: string | undefined): void => {
  const ours = environmentId()
  if (!phone || !ours || phone === ours) return
  throw new AppError('UPGRADE_REQUIRED', '您打开的小程序与这里的服务不是同一套，为免弄错已停止使用。请扫描物业公布的小程序码重新打开', { reason: 'OTHER_ENVIRONMENT' })
}
