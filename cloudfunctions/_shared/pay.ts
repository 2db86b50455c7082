import { randomUUID } from 'node:crypto'
import { AppError } from './errors'
import { counted } from './invocation'
import type { PayAnswer } from './pay-answer'
import { cloud, type PayCall } from './platform'

/**
 * Asks WeChat Pay something of a merchant's. A refusal is an answer (`isYes`); throws UNAVAILABLE when none came, which says nothing of what
 * became of the call. One round trip.
 */
export const askPay = async (what: PayCall, merchantId: string, parameters: object): Promise<PayAnswer> => {
  try {
    return await counted(() => cloud.cloudPay[what]({ subMchId: merchantId, nonceStr: randomUUID().replaceAll('-', ''), ...parameters }))
  } catch (error) {
    throw new AppError('UNAVAILABLE', '微信支付暂时没有回应，请稍后再试', { cause: error })
  }
}

/** Whom WeChat Pay is to tell: cloudPay takes the environment by its real name. */
export const callbackTo = (functionName: string) => ({ envId: cloud.getWXContext().ENV, functionName })
