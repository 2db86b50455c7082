import { createHash, randomBytes } from 'node:crypto'
import { appId } from '../platform'

export type PayReply = Record<string, unknown> | Buffer
export type PayCall = (args: Record<string, unknown>, caller: { openid?: string }) => Promise<PayReply>

/** The cloud acts as service provider; the property company's own number is the sub-merchant. */
export const providerAppId = 'wx0000provider0000'
export const providerMerchant = '1800009999'

export const inventNonce = (): string => randomBytes(16).toString('hex')
export const inventSign = (text: string): string => createHash('md5').update(text).digest('hex').toUpperCase()

export const replySuccess = (merchant: string, fields: Record<string, unknown> = {}): Record<string, unknown> => {
  const nonce = inventNonce()
  return {
    return_code: 'SUCCESS', return_msg: 'OK', appid: providerAppId, mch_id: providerMerchant, sub_appid: appId, sub_mch_id: merchant,
    nonce_str: nonce, sign: inventSign(nonce), result_code: 'SUCCESS', ...fields,
  }
}

/** A business refusal: the SDK does not throw for it. */
export const replyRefusal = (merchant: string, code: string, description: string): Record<string, unknown> =>
  replySuccess(merchant, { result_code: 'FAIL', err_code: code, err_code_des: description })

/** A request WeChat Pay could not even read. */
export const replyMalformed = (message: string): Record<string, unknown> => ({ return_code: 'FAIL', return_msg: message })
