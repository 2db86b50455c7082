import type { Output } from '../../cloudfunctions/_shared/contract'
import type { BillingContract, BillStatus } from '../../cloudfunctions/billing/contract'
import { cloudFunction } from './cloud'

const billing = cloudFunction<BillingContract>('billing')

export type BillPage = Output<BillingContract, 'list'>
export type DeskPage = Output<BillingContract, 'desk'>

export const listBills = (houseId: string, cursor?: string) => billing('list', cursor ? { houseId, cursor } : { houseId })
export const listDeskBills = (status: BillStatus, cursor?: string) => billing('desk', cursor ? { status, cursor } : { status })
