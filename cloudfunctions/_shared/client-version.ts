import { AppError } from './errors'

/** Contracts are additive for two releases; a phone older than this no longer understands the replies. */
export const oldestClientVersion = '0.1.0'

const numbers = (version: string): number[] => version.split('.').map(Number)

export const isOlder = (version: string, than: string): boolean => {
  const [a, b] = [numbers(version), numbers(than)]
  for (let i = 0; i < 3; i += 1) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return false
}

/** Throws UPGRADE_REQUIRED for a phone that is too old. Callers that name no version are not phones of ours and are let through. */
export const requireClientVersion = (version: string | undefined): void => {
  if (version !== undefined && isOlder(version, oldestClientVersion)) {
    throw new AppError('UPGRADE_REQUIRED', '小程序有新版本，请关闭后重新打开完成更新')
  }
}
