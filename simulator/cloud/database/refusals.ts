import { PlatformError } from '../platform-error'

const CONTACT = 'Please check your request, but if the problem persists, contact us.'

export const transactionGone = (): PlatformError =>
  new PlatformError(
    'DATABASE_TRANSACTION_FAIL',
    '[ResourceUnavailable.TransactionNotExist] Transaction does not exist on the server, ' +
      `transaction must be commit or abort in 30 seconds. ${CONTACT}`,
  )

export const transactionConflict = (): PlatformError =>
  new PlatformError(
    'DATABASE_TRANSACTION_CONFLICT',
    `[ResourceUnavailable.TransactionConflict] Transaction is conflict, maybe resource operated by others. ${CONTACT}`,
  )

export const collectionMissing = (collection: string): PlatformError =>
  new PlatformError(
    'DATABASE_COLLECTION_NOT_EXIST',
    `[ResourceNotFound] Db or Table not exist: ${collection}. Please check your request, but if the problem cannot be solved, contact us.`,
  )

export const requestFailed = (message: string): PlatformError =>
  new PlatformError('DATABASE_REQUEST_FAILED', `[FailedOperation] ${message}`)

export const invalidParameter = (message: string): PlatformError => new PlatformError('INVALID_PARAM', message)
