import type { Charge, Configuration } from '../_shared/configuration'

/** The one merchant that money of this charge goes to. Null while nobody can pay it by WeChat. */
export const merchantFor = ({ payments }: Pick<Configuration, 'payments'>, charge: Charge): string | null =>
  (payments?.isOpen && payments.merchants[charge]) || null

/** Why nobody can pay this charge by WeChat now, and where to go instead; null when one can. */
export const cannotPayBecause = (configuration: Pick<Configuration, 'payments'>, charge: Charge): string | null => {
  if (merchantFor(configuration, charge) !== null) return null
  return configuration.payments?.merchants[charge] ? '物业暂停了线上缴费，请到物业服务中心缴费' : '这里还没有开通微信缴费，请到物业服务中心缴费'
}
