import type { Contract, ErrorCode, Failure, Input, Output, Reply, Request } from '../../cloudfunctions/_shared/contract'
import { environment } from '../environment'
import { logFailedCall } from '../support/realtime-log'
import { askToUpdate } from '../support/update'
import { version } from '../support/version'

const client: Request['client'] = environment ? { version, environment } : { version }

/** A refusal or a failure, in words for the person. */
export class ServiceError extends Error {
  readonly code: ErrorCode
  /** Input field → what is wrong with it. */
  readonly fields: Record<string, string>

  constructor(failure: Pick<Failure, 'code' | 'message' | 'fields'>) {
    super(failure.message)
    this.code = failure.code
    this.fields = failure.fields ?? {}
  }
}

// `instanceof` fails for subclasses of Error once WeChat's tools have turned classes into functions.
const isServiceError = (error: unknown): error is ServiceError => error instanceof Error && 'code' in error && 'fields' in error

export const asServiceError = (error: unknown): ServiceError =>
  isServiceError(error) ? error : new ServiceError({ code: 'INTERNAL', message: '邻里出了点问题，请稍后再试；还不行请联系物业' })

const patience = 15_000
const deliveriesAtOnce = 5

const unreachable = new ServiceError({ code: 'UNAVAILABLE', message: '网络不太好，请检查网络后再试' })
const silent = new ServiceError({ code: 'UNAVAILABLE', message: '服务暂时没有回应，请稍后再试' })

// A function that crashed or ran out of time answers -404xxx or -50xxxx; without a network there is no such number.
const unavailable = (error: unknown): ServiceError => {
  const errCode = (error as { errCode?: unknown } | null)?.errCode
  return typeof errCode === 'number' && errCode < -1 ? silent : unreachable
}

const withPatience = <T>(work: Promise<T>): Promise<T> => {
  let stop = (): void => undefined
  const late = new Promise<never>((_resolve, reject) => {
    const timer = setTimeout(() => reject(unreachable), patience)
    stop = () => clearTimeout(timer)
  })
  return Promise.race([work, late]).finally(() => stop())
}

const invoke = async (name: string, request: Request): Promise<Reply<unknown>> => {
  const answer = await wx.cloud.callFunction({ name, data: request }).catch((error: unknown) => {
    throw unavailable(error)
  })
  const reply = answer.result as Reply<unknown> | undefined
  if (!reply || typeof reply.ok !== 'boolean') throw silent
  return reply
}

// Notices are saved with the fact; asking to send them at once only makes them earlier. Whatever fails here, `tick` sends.
const deliverOwed = (jobIds: string[]): void => {
  if (jobIds.length === 0) return
  const request = { action: 'deliver', input: { jobIds: jobIds.slice(0, deliveriesAtOnce) }, client }
  invoke('messages', request).catch(() => undefined)
}

const call = async (name: string, action: string, input: unknown): Promise<unknown> => {
  const reply = await withPatience(invoke(name, { action, input, client })).catch((error: unknown) => {
    logFailedCall({ function: name, action, code: error === silent ? 'SILENT' : 'UNREACHABLE', requestId: '' })
    throw error
  })
  if (!reply.ok) {
    logFailedCall({ function: name, action, code: reply.error.reason ?? reply.error.code, requestId: reply.error.requestId })
    // A phone of another environment has nothing to update to: the page says where to go.
    if (reply.error.code === 'UPGRADE_REQUIRED' && reply.error.reason !== 'OTHER_ENVIRONMENT') void askToUpdate(reply.error.message)
    throw new ServiceError(reply.error)
  }
  deliverOwed(reply.owed ?? [])
  return reply.data
}

/** The actions of one cloud function, typed by its contract. Throws ServiceError and nothing else. */
export const cloudFunction =
  <C extends Contract>(name: string) =>
  async <A extends keyof C & string>(action: A, input: Input<C, A>): Promise<Output<C, A>> =>
    (await call(name, action, input)) as Output<C, A>
