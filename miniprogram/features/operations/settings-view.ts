import type { Settings } from '../../services/operations'

export type Draft = {
  name: string
  color: string
  servicePhone: string
  emergencyPhone: string
  logoFileId: string | null
  /** What was pasted; empty: as it is. */
  webhook: string
  templateIds: Record<string, string>
  repairMerchant: string
  isCollecting: boolean
  plan: Record<'calls' | 'gbSeconds' | 'reads' | 'writes', string>
}

/** Colours that white can be read on; others may be typed. */
export const swatches = [
  { color: '#0f7b6c', word: '青绿' }, { color: '#1f5fbf', word: '湖蓝' }, { color: '#7a3ea8', word: '紫藤' }, { color: '#b3261e', word: '朱红' },
  { color: '#9a4f00', word: '赭石' }, { color: '#3f4a56', word: '墨灰' },
]

const limit = (value: number | null | undefined): string => (value ? String(value) : '')

export const draftOf = ({ brand, templates, payments, plan }: Settings): Draft => ({
  name: brand.name, color: brand.color, servicePhone: brand.servicePhone, emergencyPhone: brand.emergencyPhone, logoFileId: brand.logoFileId, webhook: '',
  templateIds: Object.fromEntries(templates.map(({ kind, templateId }) => [kind, templateId ?? ''])),
  repairMerchant: payments?.merchants.repair ?? '', isCollecting: payments?.isOpen ?? false,
  plan: { calls: limit(plan?.calls), gbSeconds: limit(plan?.gbSeconds), reads: limit(plan?.reads), writes: limit(plan?.writes) },
})

const numberOf = (typed: string): number | null => (typed.trim() === '' ? null : Number(typed))

/** What differs from what is set: a part nobody touched is not sent, so that it cannot overwrite anything. */
export const changesOf = (draft: Draft, settings: Settings) => {
  const before = draftOf(settings)
  const differs = (...keys: (keyof Draft)[]): boolean => keys.some((key) => JSON.stringify(draft[key]) !== JSON.stringify(before[key]))
  const { name, color, logoFileId, servicePhone, emergencyPhone } = draft
  return {
    ...(differs('name', 'color', 'logoFileId', 'servicePhone', 'emergencyPhone') && {
      brand: { name: name.trim(), color: color.trim(), logoFileId, servicePhone: servicePhone.trim(), emergencyPhone: emergencyPhone.trim() },
    }),
    ...(draft.webhook.trim() && { webhook: draft.webhook.trim() }),
    ...(differs('templateIds') && {
      templates: Object.entries(draft.templateIds).filter(([kind, templateId]) => templateId !== before.templateIds[kind])
        .map(([kind, templateId]) => ({ kind, templateId: templateId.trim() || null })),
    }),
    ...(differs('repairMerchant', 'isCollecting') && { payments: { isOpen: draft.isCollecting, merchants: { repair: draft.repairMerchant.trim() || null } } }),
    ...(settings.scope === 'company' && differs('plan') && {
      plan: { calls: numberOf(draft.plan.calls), gbSeconds: numberOf(draft.plan.gbSeconds), reads: numberOf(draft.plan.reads), writes: numberOf(draft.plan.writes) },
    }),
  }
}

export const brandFields = [
  { field: 'name', word: '物业名称', type: 'text', hint: '住户看到的名字' },
  { field: 'servicePhone', word: '物业电话', type: 'text', hint: '例如 021-5550-1200' },
  { field: 'emergencyPhone', word: '紧急电话', type: 'text', hint: '夜里也有人接：漏水、困梯、燃气' },
]
export const collectingChips = [{ key: 'open', word: '开通' }, { key: 'paused', word: '暂停' }]
export const planFields = [
  { field: 'calls', word: '每月调用次数' }, { field: 'gbSeconds', word: '云函数资源 GBs' }, { field: 'reads', word: '数据库读次数' }, { field: 'writes', word: '数据库写次数' },
]
