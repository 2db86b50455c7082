// What the SDK's own typings leave out or blur: it exports cloudPay without declaring it, its environment constants are
// symbols that `init` does not accept, and its promises are declared as `Promise | void | string`, left from callback days.
import 'wx-server-sdk'

declare module 'wx-server-sdk' {
  type Environment = string | symbol

  /** The environment the function itself runs in. */
  export function init(config: { env: Environment; traceUser?: boolean; timeout?: number }): void
  /** throwOnNotFound: false makes `doc().get()` of a missing document answer `{ data: null }` instead of throwing. */
  export function database(config: { env?: Environment; throwOnNotFound?: boolean }): DB.Database
  export function getTempFileURL(param: { fileList: (string | { fileID: string; maxAge?: number })[] }): Promise<{
    fileList: { fileID: string; tempFileURL: string; status: number; errMsg: string; maxAge?: number }[]
    errMsg: string
  }>
  export function deleteFile(param: { fileList: string[] }): Promise<{ fileList: { fileID: string; status: number; errMsg: string }[]; errMsg: string }>

  /** What a refused platform call throws: errCode by WeChat's table, errMsg for the log. */
  export type CloudError = Error & { errCode: number; errMsg: string }

  /** A reply that came. Business refusals do not throw: only returnCode and resultCode both 'SUCCESS' mean yes. Amounts are fen. */
  export type PayReply = {
    returnCode: 'SUCCESS' | 'FAIL'
    returnMsg?: string
    resultCode?: 'SUCCESS' | 'FAIL'
    /** Words such as ORDERPAID; the number in `errCode` is the transport's and is 0 whenever a reply came. */
    errCodeDes?: string
    errCode: number | string
    errMsg: string
  }
  /** What wx.requestPayment takes, as it is. */
  export type PaymentParameters = { appId: string; timeStamp: string; nonceStr: string; package: string; signType: 'MD5' | 'HMAC-SHA256' | 'RSA'; paySign: string }

  export const cloudPay: {
    unifiedOrder(order: {
      body: string
      outTradeNo: string
      spbillCreateIp: string
      subMchId: string
      totalFee: number
      envId: string
      /** The function told of success, repeatedly until it answers {errcode: 0}. */
      functionName: string
      nonceStr: string
      tradeType: 'JSAPI'
      attach?: string
      /** yyyyMMddHHmmss in China time. */
      timeExpire?: string
    }): Promise<PayReply & { prepayId?: string; payment?: PaymentParameters }>
    queryOrder(order: { subMchId: string; nonceStr: string; outTradeNo?: string; transactionId?: string }): Promise<
      PayReply & { tradeState?: 'SUCCESS' | 'REFUND' | 'NOTPAY' | 'CLOSED' | 'USERPAYING' | 'PAYERROR'; totalFee?: number; transactionId?: string; timeEnd?: string }
    >
    closeOrder(order: { subMchId: string; nonceStr: string; outTradeNo: string }): Promise<PayReply>
    refund(order: {
      subMchId: string
      nonceStr: string
      outTradeNo: string
      outRefundNo: string
      totalFee: number
      refundFee: number
      refundDesc?: string
      envId: string
      functionName: string
    }): Promise<PayReply & { refundId?: string }>
    queryRefund(order: { subMchId: string; nonceStr: string; outRefundNo?: string; outTradeNo?: string }): Promise<PayReply & Record<string, unknown>>
    downloadBill(order: { subMchId?: string; nonceStr: string; billDate: string; billType?: 'ALL' | 'SUCCESS' | 'REFUND'; tarType?: 'GZIP' }): Promise<
      { data: string | Buffer; errCode: number; errMsg: string }
    >
  }

  namespace DB {
    type Stored = { _id: string; [field: string]: unknown }
    type Sort = 'asc' | 'desc'

    interface Query {
      where(condition: Record<string, unknown> | DatabaseLogicCommand): Query
      orderBy(fieldPath: string, order: Sort): Query
      get(): Promise<{ data: Stored[]; errMsg: string }>
      count(): Promise<{ total: number; errMsg: string }>
      update(options: { data: Record<string, unknown> }): Promise<{ stats: { updated: number }; errMsg: string }>
      remove(): Promise<{ stats: { removed: number }; errMsg: string }>
    }

    interface CollectionReference {
      /** An existing `_id` or a broken unique index throws errCode -502001 with E11000 in errMsg. */
      add(options: { data: Record<string, unknown> }): Promise<{ _id: string; errMsg: string }>
    }

    interface DocumentReference {
      /** Missing: throws errCode -1, or answers `data: null` under throwOnNotFound: false. */
      get(): Promise<{ data: Stored | null; errMsg: string }>
      set(options: { data: Record<string, unknown> }): Promise<{ _id: string; stats: { created: number; updated: number }; errMsg: string }>
      update(options: { data: Record<string, unknown> }): Promise<{ stats: { updated: number }; errMsg: string }>
      remove(): Promise<{ stats: { removed: number }; errMsg: string }>
    }

    interface Aggregate {
      end(): Promise<{ list: Record<string, unknown>[]; errMsg: string }>
    }

    /** Only documents by id are inside a transaction; `where().update/remove/count` would silently run outside it. */
    type Transaction = {
      collection(name: string): Pick<CollectionReference, 'doc' | 'add'>
      commit(): Promise<unknown>
      rollback(reason?: unknown): Promise<unknown>
    }

    interface Database {
      startTransaction(): Promise<Transaction>
      runTransaction<T>(run: (transaction: Transaction) => Promise<T>, retries?: number): Promise<T>
    }
  }
}
