import { askSheet, make, makeButton } from './sheet'

export type Prepayment = { outTradeNo?: string; totalFee?: number; body?: string; merchant?: string }

const yuan = (fen: number): string => `¥${(fen / 100).toFixed(2)}`

/** WeChat's pay sheet; answers whether the person paid. */
export const askPayment = ({ totalFee, body, merchant }: Prepayment): Promise<boolean> =>
  askSheet('pay', (answer) => [
    make('header', makeButton('×', 'phone-cancel', () => answer(false)), make('span', '请输入支付密码')),
    make('p', merchant ?? '商户'),
    make('strong', totalFee === undefined ? '金额见商户订单' : yuan(totalFee)),
    make('p.phone-pay-body', body ?? ''),
    make('div.phone-pay-way', make('span', '支付方式'), make('span', '零钱')),
    makeButton('支付', 'phone-pay-confirm', () => answer(true)),
    makeButton('取消', 'phone-pay-cancel', () => answer(false)),
  ])
