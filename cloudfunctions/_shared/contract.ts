import * as z from 'zod'

/** What one action takes and answers. Inputs are strict: a key nobody declared (an openid, a role, a price) is refused. */
export type ActionContract = { input: z.ZodType; output: z.ZodType }
export type Contract = Record<string, ActionContract>

export type Input<C extends Contract, A extends keyof C> = z.input<C[A]['input']>
export type Output<C extends Contract, A extends keyof C> = z.output<C[A]['output']>

/** What travels to a function: the phone's version and the environment it was built for decide whether it may talk to us. */
export type Request = { action: string; input: unknown; client?: { version: string; environment?: string } }

export type ErrorCode =
  | 'INVALID_INPUT' | 'NOT_SIGNED_IN' | 'FORBIDDEN' | 'NOT_FOUND' | 'CONFLICT' | 'UPGRADE_REQUIRED' | 'UNAVAILABLE' | 'INTERNAL'

export type Failure = {
  code: ErrorCode
  reason?: string
  /** Chinese, for the person; says what to do. */
  message: string
  /** Input field → what is wrong with it, in Chinese. */
  fields?: Record<string, string>
  requestId: string
}

/** `owed`: notices saved with the fact that the phone may ask `messages.deliver` to send at once; `tick` sends the rest. */
export type Reply<T> = { ok: true; data: T; owed?: string[] } | { ok: false; error: Failure }

export const id = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/, '编号不正确')
/** Made by the phone once per intention, so that a double tap or a retry on a weak network happens once. */
export const requestId = z.string().regex(/^[A-Za-z0-9_-]{16,64}$/, '请求编号不正确')
export const cursor = z.string().max(200)
export const fileId = z.string().regex(/^cloud:\/\/[^\s]{1,300}$/, '照片地址不正确')
/** An instant on the wire: ISO 8601 in UTC. Stored as Date. */
export const instant = z.iso.datetime()

export const text = (max: number, whenEmpty: string) => z.string().trim().min(1, whenEmpty).max(max, `最多 ${max} 个字`)
