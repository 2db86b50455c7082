import type { Output } from '../../cloudfunctions/_shared/contract'
import type { AccountContract } from '../../cloudfunctions/account/contract'
import { cloudFunction } from './cloud'

const account = cloudFunction<AccountContract>('account')

export type MyData = Output<AccountContract, 'myData'>
export type DeletionPreview = Output<AccountContract, 'previewDeletion'>

export const getMyData = (cursor?: string) => account('myData', cursor ? { cursor } : {})
export const exportMyData = () => account('exportMyData', {})
export const previewDeletion = () => account('previewDeletion', {})
export const deleteAccount = (requestId: string) => account('deleteAccount', { requestId, hasRead: true })
