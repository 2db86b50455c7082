import type { Masked } from '../_shared/audit'
import { readableBrand } from '../_shared/brand'
import type { Configuration, MessageTemplate, PaymentSettings } from '../_shared/configuration'
import { conflict, invalid } from '../_shared/errors'
import type { Member } from '../_shared/member'
import type { NoticeKind } from '../_shared/notice'
import { noticeWords, templateComplaints } from './checklist'
import type { Settings } from './contract'

export type Change = {
  version: number
  brand?: Configuration['brand']
  webhook?: string | null
  templates?: { kind: string; templateId: string | null }[]
  payments?: PaymentSettings
  plan?: Configuration['plan']
}

/** The whole company's settings are for whoever manages all of it: one community's manager must not repaint another's. */
export const mayChangeCompany = (member: Member, communityIds: string[]): boolean =>
  communityIds.every((communityId) => member.posts.some((post) => post.role === 'manager' && post.communityId === communityId))

/** The end of a robot's key: enough to tell two of them apart. */
const maskWebhook = (webhook: string | undefined): string | null => (webhook ? `…${webhook.slice(-4)}` : null)

export const settingsOf = (configuration: Configuration, more: Pick<Settings, 'scope' | 'mayChangeCompany' | 'uploadPrefix'>): Settings => ({
  ...more,
  name: configuration.name,
  brand: configuration.brand,
  robot: maskWebhook(configuration.robot?.webhook),
  templates: (Object.entries(noticeWords) as [NoticeKind, string][]).map(([kind, word]) => {
    const template = configuration.templates[kind]
    return { kind, word, templateId: template?.templateId ?? null, keywords: Object.keys(template?.keywords ?? {}), complaints: template ? templateComplaints(template) : [] }
  }),
  payments: more.scope === 'company' ? null : { isOpen: configuration.payments?.isOpen ?? false, merchants: { repair: configuration.payments?.merchants.repair ?? null } },
  plan: configuration.plan ?? null,
  version: configuration.version ?? 0,
})

/** A template's number changes with the account; its fields were told by set-up and stay. */
const templatesWith = (before: Configuration['templates'], changes: NonNullable<Change['templates']>): Configuration['templates'] => {
  const after = { ...before }
  for (const { kind, templateId } of changes) {
    if (!Object.hasOwn(noticeWords, kind)) throw invalid({ templates: '没有这种通知' })
    const known: MessageTemplate | undefined = before[kind as NoticeKind]
    if (templateId === null) delete after[kind as NoticeKind]
    else after[kind as NoticeKind] = { keywords: known?.keywords ?? {}, templateId }
  }
  return after
}

const requireMerchant = ({ isOpen, merchants }: PaymentSettings): void => {
  if (isOpen && !merchants.repair) throw invalid({ repair: '先填商户号，才能开通在线缴费' })
}

/** The configuration after a change, its colour readable. Throws CONFLICT, reason CHANGED, when somebody else was first. */
export const changed = (before: Configuration, change: Change): Configuration => {
  if ((before.version ?? 0) !== change.version) throw conflict('CHANGED', '设置刚被别人改过，请刷新后再改')
  if (change.payments) requireMerchant(change.payments)
  return {
    ...before,
    version: change.version + 1,
    ...(change.brand && { brand: { ...change.brand, color: readableBrand(change.brand.color).color } }),
    ...(change.webhook !== undefined && { robot: change.webhook === null ? null : { webhook: change.webhook } }),
    ...(change.templates && { templates: templatesWith(before.templates, change.templates) }),
    ...(change.payments && { payments: change.payments }),
    ...(change.plan !== undefined && { plan: change.plan }),
  }
}

/** What is worth remembering of a configuration: telephones of the company are nobody's secret, the robot's key is. */
const remembered = ({ brand, robot, templates, payments, plan }: Configuration): Masked => ({
  name: brand.name, color: brand.color, hasLogo: brand.logoFileId !== null, servicePhone: brand.servicePhone, emergencyPhone: brand.emergencyPhone,
  robot: maskWebhook(robot?.webhook), templates: Object.entries(templates).map(([kind, template]) => `${kind} ${template.templateId}`),
  isCollecting: payments?.isOpen ?? false, merchant_repair: payments?.merchants.repair ?? null,
  ...Object.fromEntries(Object.entries(plan ?? {}).map(([kind, limit]) => [`plan_${kind}`, limit])),
})

/** Only what differs. */
export const differences = (before: Configuration, after: Configuration): { before: Masked; after: Masked } => {
  const [old, fresh] = [remembered(before), remembered(after)]
  const keys = [...new Set([...Object.keys(old), ...Object.keys(fresh)])].filter((key) => JSON.stringify(old[key]) !== JSON.stringify(fresh[key]))
  const pick = (values: Masked): Masked => Object.fromEntries(keys.map((key) => [key, values[key] ?? null]))
  return { before: pick(old), after: pick(fresh) }
}
