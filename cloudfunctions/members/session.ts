import type { Caller } from '../_shared/caller'
import { companyId, type Configuration } from '../_shared/configuration'
import type { NoticeKind } from '../_shared/notice'
import type { Residency } from '../_shared/member'
import { placeShownIn } from './application'
import type { House, Session } from './contract'
import { privacyVersion, type Privacy } from './privacy'

/** Whose configuration a person sees: their community's, their workplace's, or the company's. */
export const configurationIdFor = (caller: Caller, houseId?: string): string =>
  (caller.houses.find((house) => house.houseId === houseId) ?? caller.houses[0])?.communityId ?? caller.post?.communityId ?? companyId

/** WeChat asks about three templates in one tap at most. */
const kindsFor = (caller: Caller): NoticeKind[] => [
  ...(caller.houses.length > 0 || caller.post?.role === 'technician' ? (['repair_progress'] as const) : []),
  ...(caller.post && ['manager', 'clerk', 'technician'].includes(caller.post.role) ? (['repair_submitted'] as const) : []),
  ...(caller.houses.length > 0 ? (['incident'] as const) : []),
]

export const sumQuotas = (quotas: Record<string, number>): number => Object.values(quotas).reduce((sum, count) => sum + count, 0)

export const houseOf = ({ houseId, communityId, communityName, houseLabel, relation, scopes, endsOn }: Residency): House =>
  ({ houseId, communityId, communityName, label: houseLabel, relation, scopes, endsOn })

/** Who the caller is to us, in the caller's own words and no one else's. */
export const sessionOf = (caller: Caller, { brand, templates }: Configuration, privacy: Privacy | null, now: Date): Session => ({
  member: caller.member && { memberId: caller.member._id, name: caller.member.name, maskedPhone: caller.member.maskedPhone },
  houses: caller.houses.map(houseOf),
  post: caller.post,
  posts: caller.member?.posts ?? [],
  applications: (caller.member?.applications ?? []).map((own) => ({ ...own, ...placeShownIn(own) })),
  privacy: { version: privacyVersion, isAgreed: privacy?.version === privacyVersion },
  brand: {
    name: brand.name, color: brand.color, logoUrl: brand.logoFileId,
    servicePhone: brand.servicePhone, emergencyPhone: brand.emergencyPhone,
  },
  templateIds: kindsFor(caller).flatMap((kind) => templates[kind]?.templateId ?? []),
  quotaCount: sumQuotas(caller.member?.quotas ?? {}),
  serverTime: now.toISOString(),
})
