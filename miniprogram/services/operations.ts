import type { Output } from '../../cloudfunctions/_shared/contract'
import type { OperationsContract } from '../../cloudfunctions/operations/contract'
import { cloudFunction } from './cloud'

const operations = cloudFunction<OperationsContract>('operations')

export type Status = Output<OperationsContract, 'status'>

export const readStatus = () => operations('status', {})
