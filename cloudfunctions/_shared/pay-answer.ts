/** What WeChat Pay answered, in the SDK's camelCase. */
export type PayAnswer = Record<string, unknown>

/** WeChat's own refusals do not throw, and carry errCode 0: only both words mean yes. */
export const isYes = ({ returnCode, resultCode }: PayAnswer): boolean => returnCode === 'SUCCESS' && resultCode === 'SUCCESS'

/** Whether it was WeChat Pay that said no. Without this it did not understand the question, and said nothing of the order. */
export const isRefusal = ({ returnCode, resultCode }: PayAnswer): boolean => returnCode === 'SUCCESS' && resultCode === 'FAIL'

/** The words of a refusal: its code is lost on the way (the SDK overwrites it). */
export const wordsOf = ({ errCodeDes, returnMsg }: PayAnswer): string => String(errCodeDes ?? returnMsg ?? '微信没有说明原因').slice(0, 100)
