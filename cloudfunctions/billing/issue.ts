import type { Transaction } from '../_shared/db'
import { issued, type Charged } from './bill'
import { bills } from './repository'

/** Issues the bill with the fact that causes it, in that fact's own transaction; one write. Throws AlreadyExists for a fact that has its bill. */
export const issueIn = (transaction: Transaction, charged: Charged, now: Date): Promise<void> => transaction.insert(bills, issued(charged, now))
