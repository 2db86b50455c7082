import type { ErrorCode } from './contract'

type Details = { reason?: string; fields?: Record<string, string>; cause?: unknown }

/** A refusal a person can read. Thrown where the rule is known, caught only in `serve`. `message` is Chinese and says what to do. */
export class AppError extends Error {
  readonly reason?: string
  readonly fields?: Record<string, string>

  constructor(readonly code: ErrorCode, message: string, details: Details = {}) {
    super(message, { cause: details.cause })
    this.name = 'AppError'
    this.reason = details.reason
    this.fields = details.fields
  }
}

export const conflict = (reason: string, message: string) => new AppError('CONFLICT', message, { reason })
export const forbidden = (message: string) => new AppError('FORBIDDEN', message)
/** Not there and not yours are one answer: a stranger must not learn which ids exist. */
export const notFound = (what: string) => new AppError('NOT_FOUND', `没有找到这${what}，可能已被删除，或不属于您的房屋`)
export const invalid = (fields: Record<string, string>) => new AppError('INVALID_INPUT', Object.values(fields)[0] ?? '请检查填写的内容', { fields })
