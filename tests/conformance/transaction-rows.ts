import type { Case } from './platform'

export const collections = { accounts: [{ name: 'owner', keys: { owner: 1 } as const }],
  plates: [{ name: 'plate', unique: true, keys: { plate: 1 } as const }] }

export const helpers = `const accounts = db.collection('accounts')
const put = (_id, data) => accounts.doc(_id).set({ data })
const read = async (_id) => (await accounts.doc(_id).get().catch(() => ({ data: undefined }))).data
const refusal = (promise) => promise.then(() => 'was not refused',
  ({ errCode, errMsg, code, message }) => ({ errCode, errMsg, code, message }))
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms))
`
export const gives = (name: string, evidence: string, code: string,
  value: unknown): Case => ({ name, evidence, code: helpers + code, gives: value })

export const conflict = {
  errCode: -501001, code: undefined,
  errMsg: expect.stringContaining(
    ':fail -501001 resource system error. [ResourceUnavailable.TransactionConflict] Transaction is conflict, maybe resource operated',
  ),
}
export const gone = {
  errCode: undefined, errMsg: undefined, code: 'DATABASE_TRANSACTION_FAIL',
  message: expect.stringContaining(
    '[ResourceUnavailable.TransactionNotExist] Transaction does not exist on the server, transaction must be commit or abort in 30 s',
  ),
}
